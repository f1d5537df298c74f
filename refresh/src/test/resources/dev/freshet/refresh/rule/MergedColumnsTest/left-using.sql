-- Sources
--   shop.visits: customer_id int4, page text not null, seconds float8
--   shop.returns: customer_id int4, page text not null, seconds float8

-- Defining query
SELECT v.customer_id, v.page
FROM shop.visits v LEFT JOIN shop.returns r USING (customer_id);

-- Stage 1 of 1: public.st
--   shape     linear
--   columns   customer_id int4, page text not null
--   identity  bag
--   reads     shop.returns, shop.visits
--   index     hash_record_extended(ROW(customer_id, page), 0)
-- query
SELECT __join1.c1 AS customer_id, __join1.c2 AS page
FROM (
  SELECT v.customer_id AS c1, v.page AS c2, r.customer_id AS c3
  FROM shop.visits AS v
    LEFT JOIN shop.returns AS r ON v.customer_id = r.customer_id
) AS __join1;
