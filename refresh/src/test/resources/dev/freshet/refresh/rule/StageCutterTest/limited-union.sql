-- Sources
--   shop.visits: customer_id int4, page text not null, seconds float8
--   shop.returns: customer_id int4, page text not null, seconds float8

-- Defining query
SELECT v.page FROM shop.visits v UNION ALL SELECT r.page FROM shop.returns r LIMIT 3;

-- Has no delta: limit
--   LIMIT over a set operation has no delta rule; put it in a subquery
