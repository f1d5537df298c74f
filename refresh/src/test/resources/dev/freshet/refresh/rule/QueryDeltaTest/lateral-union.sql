-- Sources
--   shop.customers: id int4 not null, city text, name text not null; key (id)
--   shop.orders: id int4 not null, customer_id int4, amount int4 not null, price numeric(10,2), placed date not null; key (id)

-- Defining query
SELECT c.id, u.x
FROM shop.customers c,
  LATERAL (SELECT c.id + 1 AS x UNION ALL SELECT o.amount FROM shop.orders o WHERE o.customer_id = c.id) u;

-- Has no delta: lateral_subquery
--   a LATERAL UNION has a delta rule only if its sides show columns of the same types
