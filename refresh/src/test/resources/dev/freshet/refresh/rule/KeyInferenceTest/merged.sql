-- Sources
--   shop.orders: id int4 not null, customer_id int4, amount int4 not null, price numeric(10,2), placed date not null; key (id)
--   shop.customers: id int4 not null, city text, name text not null; key (id)

-- Defining query
SELECT o.id, c.name FROM shop.orders o JOIN shop.customers c USING (id);

-- Stage 1 of 1: public.st
--   shape     linear
--   columns   id int4 not null, name text not null
--   identity  key (id)
--   reads     shop.customers, shop.orders
-- query
SELECT o.id AS id, c.name AS name
FROM shop.orders AS o
  JOIN shop.customers AS c ON o.id = c.id;
