-- Sources
--   shop.customers: id int4 not null, city text, name text not null; key (id)
--   shop.orders: id int4 not null, customer_id int4, amount int4 not null, price numeric(10,2), placed date not null; key (id)

-- Defining query
SELECT DISTINCT ON (( SELECT c.city FROM shop.customers c WHERE c.id = o.customer_id)) o.id FROM shop.orders o;

-- Has no delta: subquery at character 21
--   subqueries in expressions have no delta rule yet
--   here: ( SELECT c.city FROM shop.customers c WHERE c.id = o.customer_id)) o.id FROM shop.orders o
