-- Sources
--   shop.orders: id int4 not null, customer_id int4, amount int4 not null, price numeric(10,2), placed date not null; key (id)
--   shop.sales (a stream table): city text not null, total int8; key (city)

-- Defining query
SELECT u.amount / 2 AS half
FROM (SELECT o.amount FROM shop.orders o UNION ALL SELECT s.total FROM shop.sales s) u;

-- Stage 1 of 1: public.st
--   shape     linear
--   columns   half int8
--   identity  bag
--   reads     shop.orders, shop.sales
--   index     hash_record_extended(ROW(half), 0)
-- query
SELECT u.amount / 2 AS half
FROM (
  SELECT q.c1::bigint AS amount
  FROM (
    SELECT o.amount
    FROM shop.orders AS o
  ) AS q (c1)
  UNION ALL
  SELECT s.total AS amount
  FROM shop.sales AS s
) AS u;

-- Delta of public.st when shop.orders alone changed
WITH
  __delta1 AS (
    SELECT q.c1::bigint AS amount, q.__weight AS __weight
    FROM (
      SELECT o.amount, o.__weight AS __weight
      FROM (
        SELECT b.amount, b.__weight
        FROM changes.orders AS b
      ) AS o
    ) AS q (c1)
  ),
  delta AS MATERIALIZED (
    SELECT net.*, row_number() OVER () AS __row
    FROM (
      SELECT raw.half::bigint AS half, sum(raw.__weight)::bigint AS __weight
      FROM (
        SELECT u.amount / 2 AS half, u.__weight AS __weight
        FROM __delta1 AS u
      ) AS raw (half, __weight)
      GROUP BY raw.half::bigint
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
          WHERE (hash_record_extended(ROW(t.half), 0) = hash_record_extended(ROW(d.half), 0))
            AND record_image_eq(ROW(t.half), ROW(d.half))
            AND (d.__weight < 0)
        ) AS f
        WHERE f.copy <= (- f.__weight)
      )
    )
  )
INSERT INTO public.st (half)
SELECT d.half
FROM delta AS d, generate_series(1, d.__weight) AS copy
WHERE d.__weight > 0;

-- Delta of public.st when shop.sales alone changed
WITH
  __delta1 AS (
    SELECT s.total AS amount, s.__weight AS __weight
    FROM (
      SELECT b.total, b.__weight
      FROM changes.sales AS b
    ) AS s
  ),
  delta AS MATERIALIZED (
    SELECT net.*, row_number() OVER () AS __row
    FROM (
      SELECT raw.half::bigint AS half, sum(raw.__weight)::bigint AS __weight
      FROM (
        SELECT u.amount / 2 AS half, u.__weight AS __weight
        FROM __delta1 AS u
      ) AS raw (half, __weight)
      GROUP BY raw.half::bigint
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
          WHERE (hash_record_extended(ROW(t.half), 0) = hash_record_extended(ROW(d.half), 0))
            AND record_image_eq(ROW(t.half), ROW(d.half))
            AND (d.__weight < 0)
        ) AS f
        WHERE f.copy <= (- f.__weight)
      )
    )
  )
INSERT INTO public.st (half)
SELECT d.half
FROM delta AS d, generate_series(1, d.__weight) AS copy
WHERE d.__weight > 0;
