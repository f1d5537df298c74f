-- Sources
--   shop.orders: id int4 not null, customer_id int4, amount int4 not null, price numeric(10,2), placed date not null; key (id)

-- Defining query
SELECT o.price, o.placed FROM shop.orders o;

-- Stage 1 of 1: public.st
--   shape     linear
--   columns   price numeric(10,2), placed date not null
--   identity  bag
--   reads     shop.orders
--   index     hash_record_extended(ROW(price, placed), 0)
-- query
SELECT o.price, o.placed
FROM shop.orders AS o;

-- Delta of public.st when shop.orders changed
WITH
  delta AS MATERIALIZED (
    SELECT net.*, row_number() OVER () AS __row
    FROM (
      SELECT
        raw.price::numeric AS price,
        raw.placed::date AS placed,
        sum(raw.__weight)::bigint AS __weight
      FROM (
        SELECT o.price, o.placed, o.__weight AS __weight
        FROM (
          SELECT b.price, b.placed, b.__weight
          FROM changes.orders AS b
        ) AS o
      ) AS raw (price, placed, __weight)
      GROUP BY raw.price::numeric, raw.placed::date
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
          WHERE (hash_record_extended(ROW(t.price, t.placed), 0) = hash_record_extended(ROW(d.price, d.placed), 0))
            AND record_image_eq(ROW(t.price, t.placed), ROW(d.price, d.placed))
            AND (d.__weight < 0)
        ) AS f
        WHERE f.copy <= (- f.__weight)
      )
    )
  )
INSERT INTO public.st (price, placed)
SELECT d.price, d.placed
FROM delta AS d, generate_series(1, d.__weight) AS copy
WHERE d.__weight > 0;
