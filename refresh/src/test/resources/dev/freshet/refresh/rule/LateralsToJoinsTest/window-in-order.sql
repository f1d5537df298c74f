-- Sources
--   shop.customers: id int4 not null, city text, name text not null; key (id)
--   shop.orders: id int4 not null, customer_id int4, amount int4 not null, price numeric(10,2), placed date not null; key (id)

-- Defining query
SELECT c.id, o.amount
FROM shop.customers c, LATERAL
  (SELECT o.amount FROM shop.orders o WHERE o.customer_id = c.id
   ORDER BY (ntile(2) OVER (ORDER BY o.placed)), o.amount LIMIT 1) o;

-- Has no delta: lateral_subquery
--   windows in a LATERAL subquery that uses columns from outside have no delta rule
