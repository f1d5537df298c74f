-- Sources
--   shop.orders: id int4 not null, customer_id int4, amount int4 not null, price numeric(10,2), placed date not null; key (id)
--   shop.customers: id int4 not null, city text, name text not null; key (id)

-- Defining query
SELECT s.b
FROM (SELECT o.id, c.id FROM shop.orders o JOIN shop.customers c ON c.id = o.customer_id) s(a, b);

-- Stage 1 of 1: public.st
--   shape     linear
--   columns   b int4 not null
--   identity  bag
--   reads     shop.customers, shop.orders
--   index     hash_record_extended(ROW(b), 0)
-- query
SELECT s.b
FROM (
  SELECT o.id, c.id
  FROM shop.orders AS o
    JOIN shop.customers AS c ON c.id = o.customer_id
) AS s (a, b);
