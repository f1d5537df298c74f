-- Sources
--   shop.customers: id int4 not null, city text, name text not null; key (id)
--   shop.orders: id int4 not null, customer_id int4, amount int4 not null, price numeric(10,2), placed date not null; key (id)

-- Defining query
SELECT c.id, l.n
FROM shop.customers c,
  LATERAL (SELECT s.n
           FROM (SELECT count(*) AS n FROM shop.orders o WHERE o.customer_id = c.id) s) l;

-- Has no delta: rewriting
--   PostgreSQL refuses the rewritten query: no column c.id
