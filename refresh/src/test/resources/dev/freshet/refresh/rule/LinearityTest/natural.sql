-- Sources
--   shop.visits: customer_id int4, page text not null, seconds float8
--   shop.returns: customer_id int4, page text not null, seconds float8

-- Defining query
SELECT v.page FROM shop.visits v NATURAL LEFT JOIN shop.returns r;

-- Has no delta: natural_join
--   NATURAL JOIN has no delta rule
