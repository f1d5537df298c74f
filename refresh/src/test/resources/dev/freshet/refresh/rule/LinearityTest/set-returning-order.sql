-- Sources
--   shop.orders: id int4 not null, customer_id int4, amount int4 not null, price numeric(10,2), placed date not null; key (id)

-- Defining query
SELECT o.id FROM shop.orders o ORDER BY (generate_series(1, 3));

-- Has no delta: set_returning_target at character 42
--   a set-returning function outside of FROM has no delta rule; write it in FROM, as LATERAL
--   here: generate_series(1, 3))
