-- Sources
--   shop.customers: id int4 not null, city text, name text not null; key (id)
--   shop.orders: id int4 not null, customer_id int4, amount int4 not null, price numeric(10,2), placed date not null; key (id)

-- Defining query
SELECT c.id, o.amount
FROM shop.customers c, LATERAL
  (SELECT o.amount FROM shop.orders o WHERE o.customer_id = c.id ORDER BY o.amount LIMIT c.id) o;

-- Has no delta: lateral_subquery
--   a LIMIT or OFFSET in a LATERAL subquery that is no constant has no delta rule
