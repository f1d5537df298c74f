-- Sources
--   shop.orders: id int4 not null, customer_id int4, amount int4 not null, price numeric(10,2), placed date not null; key (id)

-- Defining query
SELECT g.g FROM shop.orders o, LATERAL generate_series(1, abs(o.amount)) g(g);

-- Stage 1 of 1: public.st
--   shape     linear
--   columns   g int4
--   identity  bag
--   reads     shop.orders
--   index     hash_record_extended(ROW(g), 0)
-- query
SELECT g.g
FROM shop.orders AS o, LATERAL generate_series(1, abs(o.amount)) AS g (g);
