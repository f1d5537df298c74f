-- Sources
--   shop.customers: id int4 not null, city text, name text not null; key (id)
--   shop.orders: id int4 not null, customer_id int4, amount int4 not null, price numeric(10,2), placed date not null; key (id)

-- Defining query
SELECT c.name, totals.total
FROM shop.customers c
JOIN (SELECT o.customer_id, sum(o.amount) AS total FROM shop.orders o GROUP BY o.customer_id) totals
  ON totals.customer_id = c.id;

-- Stage 1 of 2: freshet_state.s1
--   shape     running groups by k1 int4: p1 = rows, p2 = sum of x1 int4
--   columns   k1 int4, p1 int8 not null, p2 int8
--   identity  key (k1)
--   reads     shop.orders
--   index     hash_record_extended(ROW(k1), 0)
-- query
SELECT o.customer_id AS k1, count(*) AS p1, sum(o.amount) AS p2
FROM shop.orders AS o
GROUP BY o.customer_id;
-- input
SELECT o.customer_id AS k1, o.amount AS x1
FROM shop.orders AS o;

-- Stage 2 of 2: public.st
--   shape     linear
--   columns   name text not null, total int8
--   identity  bag
--   reads     freshet_state.s1, shop.customers
--   index     hash_record_extended(ROW(name, total), 0)
-- query
SELECT c.name, totals.total
FROM shop.customers AS c
  JOIN (
  SELECT g.k1 AS customer_id, g.p2 AS total
  FROM freshet_state.s1 AS g
) AS totals ON totals.customer_id = c.id;

-- Delta of freshet_state.s1 when all sources changed
MERGE INTO freshet_state.s1 AS t
USING (
  SELECT
    raw.k1 AS k1,
    sum(raw.__weight)::bigint AS p1,
    COALESCE(sum(raw.x1) FILTER (WHERE raw.__weight > 0), 0::bigint) - COALESCE(sum(raw.x1) FILTER (WHERE raw.__weight < 0), 0::bigint) AS p2
  FROM (
    SELECT o.customer_id AS k1, o.amount AS x1, o.__weight AS __weight
    FROM (
      SELECT b.id, b.customer_id, b.amount, b.__weight
      FROM changes.orders AS b
    ) AS o
  ) AS raw (k1, x1, __weight)
  GROUP BY raw.k1
) AS d
ON (hash_record_extended(ROW(t.k1), 0) = hash_record_extended(ROW(d.k1), 0))
  AND (t.k1 IS NOT DISTINCT FROM d.k1)
WHEN MATCHED AND ((t.p1 + d.p1) = 0) THEN
  DELETE
WHEN MATCHED AND ((d.p1 <> 0::bigint) OR (d.p2 <> 0::bigint)) THEN
  UPDATE SET p1 = t.p1 + d.p1, p2 = t.p2 + d.p2
WHEN NOT MATCHED AND (d.p1 <> 0) THEN
  INSERT (k1, p1, p2)
  VALUES (d.k1, d.p1, d.p2);

-- Delta of public.st when all sources changed
WITH
  delta AS MATERIALIZED (
    SELECT net.*, row_number() OVER () AS __row
    FROM (
      SELECT raw.name::text AS name, raw.total::bigint AS total, sum(raw.__weight)::bigint AS __weight
      FROM (
        (
          SELECT c.name, totals.total, c.__weight AS __weight
          FROM (
            SELECT b.id, b.name, b.__weight
            FROM changes.customers AS b
          ) AS c
            JOIN (
            SELECT g.k1 AS customer_id, g.p2 AS total
            FROM freshet_state.s1 AS g
          ) AS totals ON totals.customer_id = c.id
          UNION ALL
          SELECT c.name, totals.total, totals.__weight AS __weight
          FROM shop.customers AS c
            JOIN (
            SELECT g.k1 AS customer_id, g.p2 AS total, g.__weight AS __weight
            FROM (
              SELECT raw.k1::integer AS k1, raw.p2::bigint AS p2, sum(raw.__weight)::bigint AS __weight
              FROM (
                SELECT __changes.k1 AS k1, __changes.p2 AS p2, __changes.__weight AS __weight
                FROM (
                  SELECT b.k1, b.p1, b.p2, b.__weight
                  FROM changes.s1 AS b
                ) AS __changes
              ) AS raw (k1, p2, __weight)
              GROUP BY raw.k1::integer, raw.p2::bigint
              HAVING sum(raw.__weight) <> 0
            ) AS g
          ) AS totals ON totals.customer_id = c.id
        )
        UNION ALL
        SELECT c.name, totals.total, - (c.__weight * totals.__weight) AS __weight
        FROM (
          SELECT b.id, b.name, b.__weight
          FROM changes.customers AS b
        ) AS c
          JOIN (
          SELECT g.k1 AS customer_id, g.p2 AS total, g.__weight AS __weight
          FROM (
            SELECT raw.k1::integer AS k1, raw.p2::bigint AS p2, sum(raw.__weight)::bigint AS __weight
            FROM (
              SELECT __changes.k1 AS k1, __changes.p2 AS p2, __changes.__weight AS __weight
              FROM (
                SELECT b.k1, b.p1, b.p2, b.__weight
                FROM changes.s1 AS b
              ) AS __changes
            ) AS raw (k1, p2, __weight)
            GROUP BY raw.k1::integer, raw.p2::bigint
            HAVING sum(raw.__weight) <> 0
          ) AS g
        ) AS totals ON totals.customer_id = c.id
      ) AS raw (name, total, __weight)
      GROUP BY raw.name::text, raw.total::bigint
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
          WHERE (hash_record_extended(ROW(t.name, t.total), 0) = hash_record_extended(ROW(d.name, d.total), 0))
            AND record_image_eq(ROW(t.name, t.total), ROW(d.name, d.total))
            AND (d.__weight < 0)
        ) AS f
        WHERE f.copy <= (- f.__weight)
      )
    )
  )
INSERT INTO public.st (name, total)
SELECT d.name, d.total
FROM delta AS d, generate_series(1, d.__weight) AS copy
WHERE d.__weight > 0;
