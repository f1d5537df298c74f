-- Sources
--   shop.customers: id int4 not null, city text, name text not null; key (id)
--   shop.orders: id int4 not null, customer_id int4, amount int4 not null, price numeric(10,2), placed date not null; key (id)

-- Defining query
SELECT o.customer_id, c.name, o.id FROM shop.customers c JOIN shop.orders o ON o.customer_id = c.id;

-- Stage 1 of 1: public.st
--   shape     linear
--   columns   customer_id int4, name text not null, id int4 not null
--   identity  key (id)
--   reads     shop.customers, shop.orders
-- query
SELECT o.customer_id, c.name, o.id
FROM shop.customers AS c
  JOIN shop.orders AS o ON o.customer_id = c.id;
