-- Sources
--   shop.customers: id int4 not null, city text, name text not null; key (id)
--   shop.orders: id int4 not null, customer_id int4, amount int4 not null, price numeric(10,2), placed date not null; key (id)

-- Defining query
SELECT c.id
FROM shop.customers c
WHERE (EXISTS ( SELECT FROM shop.orders o WHERE o.customer_id = c.id));

-- Has no delta: subquery at character 42
--   subqueries in expressions have no delta rule yet
--   here: EXISTS ( SELECT FROM shop.orders o WHERE o.customer_id = c.id))
