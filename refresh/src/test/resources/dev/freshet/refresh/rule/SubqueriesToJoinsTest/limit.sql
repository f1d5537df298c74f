-- Sources
--   shop.customers: id int4 not null, city text, name text not null; key (id)
--   shop.orders: id int4 not null, customer_id int4, amount int4 not null, price numeric(10,2), placed date not null; key (id)

-- Defining query
SELECT c.id FROM shop.customers c WHERE c.id IN ( SELECT o.id FROM shop.orders o WHERE o.customer_id = c.id ORDER BY o.id LIMIT 2);

-- Has no delta: subquery
--   a subquery in FROM that uses columns of a query two levels up has no delta rule
