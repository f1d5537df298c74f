-- Sources
--   shop.visits: customer_id int4, page text not null, seconds float8
--   shop.returns: customer_id int4, page text not null, seconds float8
--   shop.orders: id int4 not null, customer_id int4, amount int4 not null, price numeric(10,2), placed date not null; key (id)

-- Defining query
SELECT l.customer_id, v.page
FROM shop.visits v FULL JOIN shop.returns r USING (customer_id)
  CROSS JOIN LATERAL (SELECT o.customer_id FROM shop.orders o WHERE o.customer_id = customer_id) l;

-- Stage 1 of 1: public.st
--   shape     linear
--   columns   customer_id int4, page text
--   identity  bag
--   reads     shop.orders, shop.returns, shop.visits
--   index     hash_record_extended(ROW(customer_id, page), 0)
-- query
SELECT l.customer_id AS customer_id, __join1.c1 AS page
FROM (
  SELECT v.page AS c1, v.customer_id AS c2, r.customer_id AS c3
  FROM shop.visits AS v
    FULL JOIN shop.returns AS r ON v.customer_id = r.customer_id
) AS __join1
  CROSS JOIN LATERAL (
  SELECT o.customer_id AS customer_id
  FROM shop.orders AS o
  WHERE o.customer_id = o.customer_id
) AS l;
