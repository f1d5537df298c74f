-- Sources
--   shop.visits: customer_id int4, page text not null, seconds float8
--   shop.returns: customer_id int4, page text not null, seconds float8

-- Defining query
SELECT customer_id, v.page, r.page AS returned
FROM shop.visits v FULL JOIN shop.returns r USING (customer_id);

-- Stage 1 of 1: public.st
--   shape     linear
--   columns   customer_id int4, page text, returned text
--   identity  bag
--   reads     shop.returns, shop.visits
--   index     hash_record_extended(ROW(customer_id, page, returned), 0)
-- query
SELECT COALESCE(__join1.c1, __join1.c2) AS customer_id, __join1.c3 AS page, __join1.c4 AS returned
FROM (
  SELECT v.customer_id AS c1, r.customer_id AS c2, v.page AS c3, r.page AS c4
  FROM shop.visits AS v
    FULL JOIN shop.returns AS r ON v.customer_id = r.customer_id
) AS __join1;
