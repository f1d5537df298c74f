-- Sources
--   shop.customers: id int4 not null, city text, name text not null; key (id)
--   shop.orders: id int4 not null, customer_id int4, amount int4 not null, price numeric(10,2), placed date not null; key (id)
--   shop.visits: customer_id int4, page text not null, seconds float8

-- Defining query
SELECT c.id
FROM shop.customers c JOIN shop.orders o ON o.amount > ( SELECT avg(v.seconds) AS avg FROM shop.visits v);

-- Has no delta: subquery at character 68
--   subqueries in expressions have no delta rule yet
--   here: ( SELECT avg(v.seconds) AS avg FROM shop.visits v)
