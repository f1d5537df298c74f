-- Sources
--   shop.customers: id int4 not null, city text, name text not null; key (id)
--   shop.orders: id int4 not null, customer_id int4, amount int4 not null, price numeric(10,2), placed date not null; key (id)
--   shop.items: order_id int4 not null, line int4 not null, product text not null, quantity int4; key (line, order_id)

-- Defining query
SELECT c.id, o.amount, i.product
FROM shop.customers c
LEFT JOIN shop.orders o ON o.customer_id = c.id
LEFT JOIN shop.items i ON i.order_id = o.id;

-- Stage 1 of 1: public.st
--   shape     linear
--   columns   id int4 not null, amount int4, product text
--   identity  bag
--   reads     shop.customers, shop.items, shop.orders
--   index     hash_record_extended(ROW(id, amount, product), 0)
-- query
SELECT __join2.c1 AS id, __join2.c2 AS amount, __join2.c3 AS product
FROM (
  SELECT
    __join1.c1 AS c1,
    __join1.c2 AS c2,
    i.product AS c3,
    __join1.c3 AS c4,
    i.order_id AS c5,
    __join1.c4 AS c6
  FROM (
    SELECT c.id AS c1, o.amount AS c2, o.customer_id AS c3, o.id AS c4
    FROM shop.customers AS c
      LEFT JOIN shop.orders AS o ON o.customer_id = c.id
  ) AS __join1
    LEFT JOIN shop.items AS i ON i.order_id = __join1.c4
) AS __join2;
