-- Sources
--   shop.customers: id int4 not null, city text, name text not null; key (id)
--   shop.orders: id int4 not null, customer_id int4, amount int4 not null, price numeric(10,2), placed date not null; key (id)

-- Defining query
SELECT c.id FROM shop.customers c UNION ALL SELECT o.id FROM shop.orders o;

-- Stage 1 of 1: public.st
--   shape     linear
--   columns   id int4
--   identity  bag
--   reads     shop.customers, shop.orders
--   index     hash_record_extended(ROW(id), 0)
-- query
SELECT c.id
FROM shop.customers AS c
UNION ALL
SELECT o.id
FROM shop.orders AS o;
