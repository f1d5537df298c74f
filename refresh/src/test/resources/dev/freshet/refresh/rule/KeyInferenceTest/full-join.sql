-- Sources
--   shop.customers: id int4 not null, city text, name text not null; key (id)
--   shop.orders: id int4 not null, customer_id int4, amount int4 not null, price numeric(10,2), placed date not null; key (id)

-- Defining query
SELECT c.id, o.id AS "order" FROM shop.customers c FULL JOIN shop.orders o ON o.customer_id = c.id;

-- Stage 1 of 1: public.st
--   shape     linear
--   columns   id int4, order int4
--   identity  bag
--   reads     shop.customers, shop.orders
--   index     hash_record_extended(ROW(id, "order"), 0)
-- query
SELECT __join1.c1 AS id, __join1.c2 AS "order"
FROM (
  SELECT c.id AS c1, o.id AS c2, o.customer_id AS c3
  FROM shop.customers AS c
    FULL JOIN shop.orders AS o ON o.customer_id = c.id
) AS __join1;
