-- Sources
--   shop.orders: id int4 not null, customer_id int4, amount int4 not null, price numeric(10,2), placed date not null; key (id)
--   shop.customers: id int4 not null, city text, name text not null; key (id)

-- Defining query
SELECT c.id, (SELECT max(o.amount) AS max FROM shop.orders o WHERE o.customer_id = c.id) AS most FROM shop.customers c;

-- Has no delta: subquery at character 14
--   subqueries in expressions have no delta rule yet
--   here: (SELECT max(o.amount) AS max FROM shop.orders o WHERE o.customer_id = c.id) AS most FROM shop.customers c
