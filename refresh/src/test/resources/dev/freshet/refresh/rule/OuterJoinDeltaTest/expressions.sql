-- Sources
--   shop.customers: id int4 not null, city text, name text not null; key (id)
--   shop.orders: id int4 not null, customer_id int4, amount int4 not null, price numeric(10,2), placed date not null; key (id)

-- Defining query
SELECT c.id, COALESCE(o.amount, 0) AS amount
FROM shop.customers c LEFT JOIN shop.orders o ON o.customer_id = c.id;

-- Stage 1 of 1: public.st
--   shape     linear
--   columns   id int4 not null, amount int4 not null
--   identity  bag
--   reads     shop.customers, shop.orders
--   index     hash_record_extended(ROW(id, amount), 0)
-- query
SELECT __join1.c1 AS id, COALESCE(__join1.c2, 0) AS amount
FROM (
  SELECT c.id AS c1, o.amount AS c2, o.customer_id AS c3
  FROM shop.customers AS c
    LEFT JOIN shop.orders AS o ON o.customer_id = c.id
) AS __join1;

-- Delta of public.st when all sources changed
WITH
  __delta1 AS (
    (
      (
        (
          (
            SELECT c.id AS c1, o.amount AS c2, o.customer_id AS c3, c.__weight AS __weight
            FROM (
              SELECT b.id, b.__weight
              FROM changes.customers AS b
            ) AS c
              JOIN shop.orders AS o ON o.customer_id = c.id
            UNION ALL
            SELECT c.id AS c1, o.amount AS c2, o.customer_id AS c3, o.__weight AS __weight
            FROM shop.customers AS c
              JOIN (
              SELECT b.id, b.customer_id, b.amount, b.__weight
              FROM changes.orders AS b
            ) AS o ON o.customer_id = c.id
          )
          UNION ALL
          SELECT c.id AS c1, o.amount AS c2, o.customer_id AS c3, - (c.__weight * o.__weight) AS __weight
          FROM (
            SELECT b.id, b.__weight
            FROM changes.customers AS b
          ) AS c
            JOIN (
            SELECT b.id, b.customer_id, b.amount, b.__weight
            FROM changes.orders AS b
          ) AS o ON o.customer_id = c.id
        )
        UNION ALL
        SELECT c.id AS c1, NULL AS c2, NULL AS c3, c.__weight AS __weight
        FROM (
          SELECT b.id, b.__weight
          FROM changes.customers AS b
        ) AS c
        WHERE NOT EXISTS (
          SELECT
          FROM shop.orders AS o
          WHERE o.customer_id = c.id
        )
      )
      UNION ALL
      SELECT
        c.id AS c1,
        NULL AS c2,
        NULL AS c3,
        CASE WHEN (__now.matches = 0) THEN 1 ELSE (- 1) END AS __weight
      FROM
        (
          SELECT
            sum(o.__weight) OVER (PARTITION BY c.__n) AS __changed,
            row_number() OVER (PARTITION BY c.__n) AS __first,
            c.id AS id
          FROM
            (
              SELECT row_number() OVER () AS __n, c.id AS id
              FROM shop.customers AS c
              WHERE EXISTS (
                SELECT
                FROM (
                  SELECT b.id, b.customer_id, b.amount, b.__weight
                  FROM changes.orders AS b
                ) AS o
                WHERE o.customer_id = c.id
              )
            ) AS c,
            (
              SELECT b.id, b.customer_id, b.amount, b.__weight
              FROM changes.orders AS b
            ) AS o
          WHERE o.customer_id = c.id
        ) AS c,
        LATERAL (
          SELECT count(*) AS matches
          FROM shop.orders AS o
          WHERE o.customer_id = c.id
        ) AS __now
      WHERE (c.__first = 1) AND ((__now.matches = 0) <> ((__now.matches - c.__changed) = 0))
    )
    UNION ALL
    SELECT
      c.id AS c1,
      NULL AS c2,
      NULL AS c3,
      - (c.__weight * CASE WHEN (__now.matches = 0) THEN 1 ELSE (- 1) END) AS __weight
    FROM
      (
        SELECT
          sum(o.__weight) OVER (PARTITION BY c.__n) AS __changed,
          row_number() OVER (PARTITION BY c.__n) AS __first,
          c.id AS id,
          c.__weight AS __weight
        FROM
          (
            SELECT row_number() OVER () AS __n, c.id AS id, c.__weight AS __weight
            FROM (
              SELECT b.id, b.__weight
              FROM changes.customers AS b
            ) AS c
            WHERE EXISTS (
              SELECT
              FROM (
                SELECT b.id, b.customer_id, b.amount, b.__weight
                FROM changes.orders AS b
              ) AS o
              WHERE o.customer_id = c.id
            )
          ) AS c,
          (
            SELECT b.id, b.customer_id, b.amount, b.__weight
            FROM changes.orders AS b
          ) AS o
        WHERE o.customer_id = c.id
      ) AS c,
      LATERAL (
        SELECT count(*) AS matches
        FROM shop.orders AS o
        WHERE o.customer_id = c.id
      ) AS __now
    WHERE (c.__first = 1) AND ((__now.matches = 0) <> ((__now.matches - c.__changed) = 0))
  ),
  delta AS MATERIALIZED (
    SELECT net.*, row_number() OVER () AS __row
    FROM (
      SELECT raw.id::integer AS id, raw.amount::integer AS amount, sum(raw.__weight)::bigint AS __weight
      FROM (
        SELECT __join1.c1 AS id, COALESCE(__join1.c2, 0) AS amount, __join1.__weight AS __weight
        FROM __delta1 AS __join1
      ) AS raw (id, amount, __weight)
      GROUP BY raw.id::integer, raw.amount::integer
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
          WHERE (hash_record_extended(ROW(t.id, t.amount), 0) = hash_record_extended(ROW(d.id, d.amount), 0))
            AND record_image_eq(ROW(t.id, t.amount), ROW(d.id, d.amount))
            AND (d.__weight < 0)
        ) AS f
        WHERE f.copy <= (- f.__weight)
      )
    )
  )
INSERT INTO public.st (id, amount)
SELECT d.id, d.amount
FROM delta AS d, generate_series(1, d.__weight) AS copy
WHERE d.__weight > 0;
