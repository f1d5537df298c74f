-- Sources
--   shop.orders: id int4 not null, customer_id int4, amount int4 not null, price numeric(10,2), placed date not null; key (id)
--   shop.customers: id int4 not null, city text, name text not null; key (id)

-- Defining query
SELECT o.id, count(*) OVER w AS n FROM shop.orders o WINDOW w AS (PARTITION BY ( SELECT c.city FROM shop.customers c WHERE c.id = o.customer_id));

-- Has no delta: subquery at character 80
--   subqueries in expressions have no delta rule yet
--   here: ( SELECT c.city FROM shop.customers c WHERE c.id = o.customer_id))
