-- Sources
--   shop.orders: id int4 not null, customer_id int4, amount int4 not null, price numeric(10,2), placed date not null; key (id)

-- Defining query
SELECT o.id, o.price FROM shop.orders o;

-- Stage 1 of 1: public.st
--   shape     linear
--   columns   id int4 not null, price numeric(10,2)
--   identity  key (id)
--   reads     shop.orders
-- query
SELECT o.id, o.price
FROM shop.orders AS o;

-- Verification
WITH
  wanted (id, price) AS MATERIALIZED (
    SELECT o.id, o.price
    FROM shop.orders AS o
  )
SELECT
  (
    SELECT count(*)
    FROM (
      SELECT ROW(w.id, w.price)::text AS image
      FROM wanted AS w
      EXCEPT ALL
      SELECT ROW(w.id, w.price)::text AS image
      FROM public.st AS w
    ) AS rest
  ) AS missing,
  (
    SELECT count(*)
    FROM (
      SELECT ROW(w.id, w.price)::text AS image
      FROM public.st AS w
      EXCEPT ALL
      SELECT ROW(w.id, w.price)::text AS image
      FROM wanted AS w
    ) AS rest
  ) AS unexpected;
