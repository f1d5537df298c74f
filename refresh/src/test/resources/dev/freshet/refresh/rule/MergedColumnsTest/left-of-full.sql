-- Sources
--   shop.visits: customer_id int4, page text not null, seconds float8
--   shop.returns: customer_id int4, page text not null, seconds float8
--   shop.orders: id int4 not null, customer_id int4, amount int4 not null, price numeric(10,2), placed date not null; key (id)

-- Defining query
SELECT customer_id, v.page, o.amount
FROM shop.visits v FULL JOIN shop.returns r USING (customer_id) LEFT JOIN shop.orders o USING (customer_id);

-- Stage 1 of 1: public.st
--   shape     linear
--   columns   customer_id int4, page text, amount int4
--   identity  bag
--   reads     shop.orders, shop.returns, shop.visits
--   index     hash_record_extended(ROW(customer_id, page, amount), 0)
-- query
SELECT
  COALESCE(COALESCE(__join2.c1, __join2.c2), __join2.c3) AS customer_id,
  __join2.c4 AS page,
  __join2.c5 AS amount
FROM (
  SELECT __join1.c1 AS c1, __join1.c2 AS c2, o.customer_id AS c3, __join1.c3 AS c4, o.amount AS c5
  FROM (
    SELECT v.customer_id AS c1, r.customer_id AS c2, v.page AS c3
    FROM shop.visits AS v
      FULL JOIN shop.returns AS r ON v.customer_id = r.customer_id
  ) AS __join1
    LEFT JOIN shop.orders AS o ON COALESCE(__join1.c1, __join1.c2) = o.customer_id
) AS __join2;
