-- Sources
--   shop.orders: id int4 not null, customer_id int4, amount int4 not null, price numeric(10,2), placed date not null; key (id)
--   shop.customers: id int4 not null, city text, name text not null; key (id)

-- Defining query
SELECT o.id, c.id AS customer FROM shop.orders o CROSS JOIN shop.customers c;

-- Stage 1 of 1: public.st
--   shape     linear
--   columns   id int4 not null, customer int4 not null
--   identity  key (id, customer)
--   reads     shop.customers, shop.orders
-- query
SELECT o.id, c.id AS customer
FROM shop.orders AS o
  CROSS JOIN shop.customers AS c;
