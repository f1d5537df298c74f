-- Sources
--   shop.customers: id int4 not null, city text, name text not null; key (id)
--   shop.orders: id int4 not null, customer_id int4, amount int4 not null, price numeric(10,2), placed date not null; key (id)
--   shop.items: order_id int4 not null, line int4 not null, product text not null, quantity int4; key (line, order_id)

-- Defining query
SELECT c.name, i.product
FROM shop.customers c
LEFT JOIN (shop.orders o JOIN shop.items i ON i.order_id = o.id) ON o.customer_id = c.id;

-- Stage 1 of 1: public.st
--   shape     linear
--   columns   name text not null, product text
--   identity  bag
--   reads     shop.customers, shop.items, shop.orders
--   index     hash_record_extended(ROW(name, product), 0)
-- query
SELECT __join2.c1 AS name, __join2.c2 AS product
FROM (
  SELECT
    c.name AS c1,
    __join1.c1 AS c2,
    __join1.c2 AS c3,
    __join1.c3 AS c4,
    __join1.c4 AS c5,
    c.id AS c6
  FROM shop.customers AS c
    LEFT JOIN (
    SELECT i.product AS c1, i.order_id AS c2, o.id AS c3, o.customer_id AS c4
    FROM shop.orders AS o
      JOIN shop.items AS i ON i.order_id = o.id
  ) AS __join1 ON __join1.c4 = c.id
) AS __join2;
