-- Sources
--   shop.customers: id int4 not null, city text, name text not null; key (id)
--   shop.orders: id int4 not null, customer_id int4, amount int4 not null, price numeric(10,2), placed date not null; key (id)

-- Defining query
SELECT c.id, c.name, count(*) AS n
FROM shop.customers c JOIN shop.orders o ON o.customer_id = c.id
GROUP BY c.id;

-- Stage 1 of 1: public.st
--   shape     running groups by id int4 not null, name text not null: n = rows
--   columns   id int4 not null, name text not null, n int8 not null
--   identity  key (id, name)
--   reads     shop.customers, shop.orders
-- query
SELECT c.id, c.name, count(*) AS n
FROM shop.customers AS c
  JOIN shop.orders AS o ON o.customer_id = c.id
GROUP BY c.id;
-- input
SELECT c.id AS k1, c.name AS k2
FROM shop.customers AS c
  JOIN shop.orders AS o ON o.customer_id = c.id;
