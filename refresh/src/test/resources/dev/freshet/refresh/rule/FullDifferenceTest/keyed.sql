-- Sources
--   shop.orders: id int4 not null, customer_id int4, amount int4 not null, price numeric(10,2), placed date not null; key (id)

-- Defining query
SELECT o.id, o.amount FROM shop.orders o;

-- Stage 1 of 1: public.st
--   shape     linear
--   columns   id int4 not null, amount int4 not null
--   identity  key (id)
--   reads     shop.orders
-- query
SELECT o.id, o.amount
FROM shop.orders AS o;

-- FULL of public.st
WITH
  fresh (id, amount) AS MATERIALIZED (
    SELECT o.id, o.amount
    FROM shop.orders AS o
  ),
  gone AS (
    DELETE FROM public.st AS t
    WHERE NOT EXISTS (
      SELECT
      FROM fresh AS f
      WHERE f.id = t.id
    )
  )
MERGE INTO public.st AS t
USING fresh AS d
ON t.id = d.id
WHEN MATCHED AND (NOT record_image_eq(ROW(t.id, t.amount), ROW(d.id, d.amount))) THEN
  UPDATE SET id = d.id, amount = d.amount
WHEN NOT MATCHED THEN
  INSERT (id, amount)
  VALUES (d.id, d.amount);

-- Population of public.st
INSERT INTO public.st (id, amount)
SELECT o.id, o.amount
FROM shop.orders AS o;
