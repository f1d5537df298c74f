-- Sources
--   shop.customers: id int4 not null, city text, name text not null; key (id)
--   shop.orders: id int4 not null, customer_id int4, amount int4 not null, price numeric(10,2), placed date not null; key (id)

-- Defining query
SELECT customers.id, customers_1.amount, n.called
FROM shop.customers
  LEFT JOIN shop.orders customers_1 ON customers_1.customer_id = customers.id
  LEFT JOIN shop.norwegians n ON n.id = customers.id;

-- Stage 1 of 1: public.st
--   shape     linear
--   columns   id int4 not null, amount int4, called text
--   identity  bag
--   reads     shop.customers, shop.orders
--   index     hash_record_extended(ROW(id, amount, called), 0)
-- query
SELECT __join2.c1 AS id, __join2.c2 AS amount, __join2.c3 AS called
FROM (
  SELECT __join1.c1 AS c1, __join1.c2 AS c2, n.called AS c3, __join1.c3 AS c4, n.id AS c5
  FROM (
    SELECT customers.id AS c1, customers_1.amount AS c2, customers_1.customer_id AS c3
    FROM shop.customers
      LEFT JOIN shop.orders AS customers_1 ON customers_1.customer_id = customers.id
  ) AS __join1
    LEFT JOIN (
    SELECT customers_2.id, customers_2.name
    FROM shop.customers AS customers_2
    WHERE customers_2.city = 'Oslo'::text
  ) AS n (id, called) ON n.id = __join1.c1
) AS __join2;
