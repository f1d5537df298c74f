-- Sources
--   shop.items: order_id int4 not null, line int4 not null, product text not null, quantity int4; key (line, order_id)
--   shop.orders: id int4 not null, customer_id int4, amount int4 not null, price numeric(10,2), placed date not null; key (id)
--   shop.customers: id int4 not null, city text, name text not null; key (id)

-- Defining query
SELECT i.line, i.order_id, c.city
FROM shop.items i, shop.orders o, shop.customers c
WHERE o.id = i.order_id AND c.id = o.customer_id;

-- Stage 1 of 1: public.st
--   shape     linear
--   columns   line int4 not null, order_id int4 not null, city text
--   identity  key (line, order_id)
--   reads     shop.customers, shop.items, shop.orders
-- query
SELECT i.line, i.order_id, c.city
FROM shop.items AS i, shop.orders AS o, shop.customers AS c
WHERE (o.id = i.order_id) AND (c.id = o.customer_id);
