-- Sources
--   shop.orders: id int4 not null, customer_id int4, amount int4 not null, price numeric(10,2), placed date not null; key (id)

-- Defining query
SELECT array_agg(s.id) AS ids FROM (SELECT o.id, o.amount FROM shop.orders o ORDER BY o.amount) s;

-- Has no delta: ordered_subquery
--   the result depends on the order of a subquery's rows; write ORDER BY where it is needed: in the aggregate, the window, beside LIMIT
