-- Sources
--   shop.customers: id int4 not null, city text, name text not null; key (id)
--   shop.orders: id int4 not null, customer_id int4, amount int4 not null, price numeric(10,2), placed date not null; key (id)

-- Defining query
SELECT o.customer_id, o.id FROM shop.customers c LEFT JOIN shop.orders o ON o.customer_id = c.id;

-- Stage 1 of 1: public.st
--   shape     linear
--   columns   customer_id int4, id int4
--   identity  bag
--   reads     shop.customers, shop.orders
--   index     hash_record_extended(ROW(customer_id, id), 0)
-- query
SELECT __join1.c1 AS customer_id, __join1.c2 AS id
FROM (
  SELECT o.customer_id AS c1, o.id AS c2, c.id AS c3
  FROM shop.customers AS c
    LEFT JOIN shop.orders AS o ON o.customer_id = c.id
) AS __join1;
