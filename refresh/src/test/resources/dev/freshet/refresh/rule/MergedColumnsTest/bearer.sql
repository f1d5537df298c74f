-- Sources
--   shop.visits: customer_id int4, page text not null, seconds float8
--   shop.orders: id int4 not null, customer_id int4, amount int4 not null, price numeric(10,2), placed date not null; key (id)
--   shop.customers: id int4 not null, city text, name text not null; key (id)

-- Defining query
SELECT v.page, o.amount
FROM shop.visits v LEFT JOIN (shop.orders o JOIN shop.customers c ON c.id = o.customer_id) USING (customer_id);

-- Stage 1 of 1: public.st
--   shape     linear
--   columns   page text not null, amount int4
--   identity  bag
--   reads     shop.customers, shop.orders, shop.visits
--   index     hash_record_extended(ROW(page, amount), 0)
-- query
SELECT __join2.c1 AS page, __join2.c2 AS amount
FROM (
  SELECT v.page AS c1, __join1.c1 AS c2, __join1.c2 AS c3, __join1.c3 AS c4, v.customer_id AS c5
  FROM shop.visits AS v
    LEFT JOIN (
    SELECT o.amount AS c1, c.id AS c2, o.customer_id AS c3
    FROM shop.orders AS o
      JOIN shop.customers AS c ON c.id = o.customer_id
  ) AS __join1 ON v.customer_id = __join1.c3
) AS __join2;
