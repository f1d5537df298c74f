-- Sources
--   shop.orders: id int4 not null, customer_id int4, amount int4 not null, price numeric(10,2), placed date not null; key (id)

-- Defining query
SELECT o.id + 1 AS next FROM shop.orders o;

-- Stage 1 of 1: public.st
--   shape     linear
--   columns   next int4
--   identity  bag
--   reads     shop.orders
--   index     hash_record_extended(ROW(next), 0)
-- query
SELECT o.id + 1 AS next
FROM shop.orders AS o;
