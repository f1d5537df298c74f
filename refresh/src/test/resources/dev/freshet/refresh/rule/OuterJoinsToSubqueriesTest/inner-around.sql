-- Sources
--   shop.items: order_id int4 not null, line int4 not null, product text not null, quantity int4; key (line, order_id)
--   shop.orders: id int4 not null, customer_id int4, amount int4 not null, price numeric(10,2), placed date not null; key (id)
--   shop.customers: id int4 not null, city text, name text not null; key (id)

-- Defining query
SELECT i.product, c.city
FROM shop.items i
JOIN (shop.orders o LEFT JOIN shop.customers c ON c.id = o.customer_id) ON o.id = i.order_id;

-- Stage 1 of 1: public.st
--   shape     linear
--   columns   product text not null, city text
--   identity  bag
--   reads     shop.customers, shop.items, shop.orders
--   index     hash_record_extended(ROW(product, city), 0)
-- query
SELECT i.product AS product, __join1.c1 AS city
FROM shop.items AS i
  JOIN (
  SELECT c.city AS c1, c.id AS c2, o.customer_id AS c3, o.id AS c4
  FROM shop.orders AS o
    LEFT JOIN shop.customers AS c ON c.id = o.customer_id
) AS __join1 ON __join1.c4 = i.order_id;
