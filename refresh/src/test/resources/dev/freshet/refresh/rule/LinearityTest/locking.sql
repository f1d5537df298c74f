-- Sources
--   shop.orders: id int4 not null, customer_id int4, amount int4 not null, price numeric(10,2), placed date not null; key (id)

-- Defining query
SELECT o.id FROM shop.orders o FOR UPDATE;

-- Has no delta: locking_clause
--   FOR UPDATE and the like lock rows; a stream table cannot
