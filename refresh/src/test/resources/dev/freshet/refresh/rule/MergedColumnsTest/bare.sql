-- Sources
--   shop.visits: customer_id int4, page text not null, seconds float8
--   shop.returns: customer_id int4, page text not null, seconds float8

-- Defining query
SELECT one.page
FROM (SELECT customer_id, page FROM shop.visits) one FULL JOIN shop.returns r USING (customer_id);

-- Stage 1 of 1: public.st
--   shape     linear
--   columns   page text
--   identity  bag
--   reads     shop.returns, shop.visits
--   index     hash_record_extended(ROW(page), 0)
-- query
SELECT __join1.c1 AS page
FROM (
  SELECT one.page AS c1, one.customer_id AS c2, r.customer_id AS c3
  FROM (
    SELECT visits.customer_id AS customer_id, visits.page AS page
    FROM shop.visits
  ) AS one
    FULL JOIN shop.returns AS r ON one.customer_id = r.customer_id
) AS __join1;
