-- Sources
--   shop.orders: id int4 not null, customer_id int4, amount int4 not null, price numeric(10,2), placed date not null; key (id)
--   shop.customers: id int4 not null, city text, name text not null; key (id)

-- Defining query
SELECT o.id FROM shop.orders o ORDER BY o.id OFFSET ( SELECT count(*) AS count FROM shop.customers);

-- Has no delta: subquery at character 53
--   a subquery in LIMIT or OFFSET has no delta rule
--   here: ( SELECT count(*) AS count FROM shop.customers)
