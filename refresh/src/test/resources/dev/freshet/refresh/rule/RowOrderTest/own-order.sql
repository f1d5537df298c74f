-- Sources
--   shop.orders: id int4 not null, customer_id int4, amount int4 not null, price numeric(10,2), placed date not null; key (id)

-- Defining query
SELECT array_agg(s.id ORDER BY s.id) AS ids FROM (SELECT o.id, o.amount FROM shop.orders o ORDER BY o.amount) s;

-- Stage 1 of 1: public.st
--   shape     recomputed groups by 
--   columns   ids int4[]
--   identity  key ()
--   reads     shop.orders
-- query
SELECT array_agg(s.id ORDER BY s.id) AS ids
FROM (
  SELECT o.id, o.amount
  FROM shop.orders AS o
) AS s;
