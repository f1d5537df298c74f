-- Sources
--   shop.orders: id int4 not null, customer_id int4, amount int4 not null, price numeric(10,2), placed date not null; key (id)

-- Defining query
SELECT o.placed, sum(o.price / 3::numeric) AS total FROM shop.orders o GROUP BY o.placed;

-- Stage 1 of 1: public.st
--   shape     recomputed groups by placed date not null
--   columns   placed date not null, total numeric
--   identity  key (placed)
--   reads     shop.orders
-- query
SELECT o.placed, sum(o.price / 3::numeric) AS total
FROM shop.orders AS o
GROUP BY o.placed;
