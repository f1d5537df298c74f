-- Sources
--   shop.orders: id int4 not null, customer_id int4, amount int4 not null, price numeric(10,2), placed date not null; key (id)

-- Defining query
SELECT o.amount
FROM (generate_series(1, 2) a(id) JOIN generate_series(1, 3) b(number) ON true) LEFT JOIN shop.orders o USING (id);

-- Has no delta: using
--   USING over a join of joins has no delta rule; write ON
