-- Sources
--   shop.orders: id int4 not null, customer_id int4, amount int4 not null, price numeric(10,2), placed date not null; key (id)

-- Defining query
SELECT count(*) AS n FROM shop.orders o;

-- Stage 1 of 1: public.st
--   shape     running groups (one, always there): n = rows
--   columns   n int8 not null
--   identity  key ()
--   reads     shop.orders
-- query
SELECT count(*) AS n
FROM shop.orders AS o;
-- input
SELECT
FROM shop.orders AS o;

-- FULL of public.st
WITH
  fresh (n) AS MATERIALIZED (
    SELECT count(*) AS n
    FROM shop.orders AS o
  ),
  gone AS (
    DELETE FROM public.st AS t
    WHERE NOT EXISTS (
      SELECT
      FROM fresh AS f
      WHERE true
    )
  )
MERGE INTO public.st AS t
USING fresh AS d
ON true
WHEN MATCHED AND (NOT record_image_eq(ROW(t.n), ROW(d.n))) THEN
  UPDATE SET n = d.n
WHEN NOT MATCHED THEN
  INSERT (n)
  VALUES (d.n);
