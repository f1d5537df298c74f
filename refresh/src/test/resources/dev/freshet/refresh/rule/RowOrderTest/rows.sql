-- Sources
--   shop.orders: id int4 not null, customer_id int4, amount int4 not null, price numeric(10,2), placed date not null; key (id)

-- Defining query
SELECT s.id FROM (SELECT o.id, o.amount FROM shop.orders o ORDER BY o.amount) s;

-- Stage 1 of 1: public.st
--   shape     linear
--   columns   id int4 not null
--   identity  key (id)
--   reads     shop.orders
-- query
SELECT s.id
FROM (
  SELECT o.id, o.amount
  FROM shop.orders AS o
) AS s;
