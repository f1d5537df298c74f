-- Sources
--   shop.orders: id int4 not null, customer_id int4, amount int4 not null, price numeric(10,2), placed date not null; key (id)

-- Defining query
WITH RECURSIVE chain AS (
  SELECT o.id, 1 AS depth FROM shop.orders o WHERE o.customer_id IS NULL
  UNION ALL
  SELECT o.id, c.depth + 1 FROM chain c JOIN shop.orders o ON o.customer_id = c.id
)
SELECT chain.id, chain.depth FROM chain;

-- Stage 1 of 2: freshet_state.s1
--   shape     recursion
--   columns   c1 int4 not null, c2 int4
--   identity  bag
--   reads     shop.orders
--   lookup    c1
--   index     hash_record_extended(ROW(c1, c2), 0)
-- base
SELECT q.c1 AS c1, q.c2 AS c2
FROM (
  SELECT o.id, 1 AS depth
  FROM shop.orders AS o
  WHERE o.customer_id IS NULL
) AS q (c1, c2);
-- step
SELECT q.c1 AS c1, q.c2 AS c2
FROM (
  SELECT o.id, c.depth + 1
  FROM freshet_state.s1 AS c (id, depth)
    JOIN shop.orders AS o ON o.customer_id = c.id
) AS q (c1, c2);

-- Stage 2 of 2: public.st
--   shape     linear
--   columns   id int4 not null, depth int4
--   identity  bag
--   reads     freshet_state.s1
--   index     hash_record_extended(ROW(id, depth), 0)
-- query
SELECT chain.id, chain.depth
FROM freshet_state.s1 AS chain (id, depth);

-- Delta of freshet_state.s1 when shop.orders changed
WITH
  __delta1 AS (
    SELECT o.id, c.depth + 1, o.__weight AS __weight
    FROM freshet_state.s1 AS c (id, depth)
      JOIN (
      SELECT b.id, b.customer_id, b.__weight
      FROM changes.orders AS b
    ) AS o ON o.customer_id = c.id
  ),
  delta AS MATERIALIZED (
    SELECT net.*, row_number() OVER () AS __row
    FROM (
      SELECT raw.c1::integer AS c1, raw.c2::integer AS c2, sum(raw.__weight)::bigint AS __weight
      FROM (
        WITH RECURSIVE
          __reached (c1, c2, __weight) AS (
            SELECT s.c1 AS c1, s.c2 AS c2, s.__weight AS __weight
            FROM (
              SELECT q.c1 AS c1, q.c2 AS c2, q.__weight AS __weight
              FROM (
                SELECT o.id, 1 AS depth, o.__weight AS __weight
                FROM (
                  SELECT b.id, b.customer_id, b.__weight
                  FROM changes.orders AS b
                ) AS o
                WHERE o.customer_id IS NULL
              ) AS q (c1, c2)
              UNION ALL
              SELECT q.c1 AS c1, q.c2 AS c2, q.__weight AS __weight
              FROM __delta1 AS q (c1, c2)
            ) AS s (c1, c2, __weight)
            UNION ALL
            SELECT q.c1 AS c1, q.c2 AS c2, q.__weight AS __weight
            FROM (
              SELECT o.id, c.depth + 1, c.__weight AS __weight
              FROM __reached AS c (id, depth)
                JOIN shop.orders AS o ON o.customer_id = c.id
            ) AS q (c1, c2)
          )
        SELECT
          r.c1 AS c1,
          r.c2 AS c2,
          CASE WHEN (r.__place > 1000000) THEN freshet.refuse_endless_recursion() ELSE r.__weight END AS __weight
        FROM (
          SELECT __reached.*, row_number() OVER () AS __place
          FROM __reached
          LIMIT 1000001
        ) AS r
      ) AS raw (c1, c2, __weight)
      GROUP BY raw.c1::integer, raw.c2::integer
      HAVING sum(raw.__weight) <> 0
    ) AS net
  ),
  gone AS (
    DELETE FROM freshet_state.s1 AS t
    WHERE t.ctid = ANY (
      ARRAY(
        SELECT f.place
        FROM (
          SELECT t.ctid AS place, d.__weight AS __weight, row_number() OVER (PARTITION BY d.__row) AS copy
          FROM delta AS d, freshet_state.s1 AS t
          WHERE (hash_record_extended(ROW(t.c1, t.c2), 0) = hash_record_extended(ROW(d.c1, d.c2), 0))
            AND record_image_eq(ROW(t.c1, t.c2), ROW(d.c1, d.c2))
            AND (d.__weight < 0)
        ) AS f
        WHERE f.copy <= (- f.__weight)
      )
    )
  )
INSERT INTO freshet_state.s1 (c1, c2)
SELECT d.c1, d.c2
FROM delta AS d, generate_series(1, d.__weight) AS copy
WHERE d.__weight > 0;

-- Delta of public.st when shop.orders changed
WITH
  delta AS MATERIALIZED (
    SELECT net.*, row_number() OVER () AS __row
    FROM (
      SELECT raw.id::integer AS id, raw.depth::integer AS depth, sum(raw.__weight)::bigint AS __weight
      FROM (
        SELECT chain.id, chain.depth, chain.__weight AS __weight
        FROM (
          SELECT __changes.c1 AS id, __changes.c2 AS depth, __changes.__weight AS __weight
          FROM (
            SELECT b.c1, b.c2, b.__weight
            FROM changes.s1 AS b
          ) AS __changes
        ) AS chain
      ) AS raw (id, depth, __weight)
      GROUP BY raw.id::integer, raw.depth::integer
      HAVING sum(raw.__weight) <> 0
    ) AS net
  ),
  gone AS (
    DELETE FROM public.st AS t
    WHERE t.ctid = ANY (
      ARRAY(
        SELECT f.place
        FROM (
          SELECT t.ctid AS place, d.__weight AS __weight, row_number() OVER (PARTITION BY d.__row) AS copy
          FROM delta AS d, public.st AS t
          WHERE (hash_record_extended(ROW(t.id, t.depth), 0) = hash_record_extended(ROW(d.id, d.depth), 0))
            AND record_image_eq(ROW(t.id, t.depth), ROW(d.id, d.depth))
            AND (d.__weight < 0)
        ) AS f
        WHERE f.copy <= (- f.__weight)
      )
    )
  )
INSERT INTO public.st (id, depth)
SELECT d.id, d.depth
FROM delta AS d, generate_series(1, d.__weight) AS copy
WHERE d.__weight > 0;
