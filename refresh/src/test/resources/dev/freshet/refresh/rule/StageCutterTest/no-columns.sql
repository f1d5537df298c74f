-- Sources
--   shop.orders: id int4 not null, customer_id int4, amount int4 not null, price numeric(10,2), placed date not null; key (id)
--   shop.customers: id int4 not null, city text, name text not null; key (id)

-- Defining query
SELECT FROM shop.orders o UNION SELECT FROM shop.customers c;

-- Has no delta: no_columns
--   rows without columns cannot be told apart
