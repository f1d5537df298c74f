-- Sources
--   shop.customers: id int4 not null, city text, name text not null; key (id)
--   shop.visits: customer_id int4, page text not null, seconds float8

-- Defining query
SELECT big.id
FROM (SELECT c.id FROM shop.customers c WHERE c.id > ( SELECT count(*) AS count FROM shop.visits v)) big;

-- Has no delta: subquery at character 68
--   subqueries in expressions have no delta rule yet
--   here: ( SELECT count(*) AS count FROM shop.visits v)) big
