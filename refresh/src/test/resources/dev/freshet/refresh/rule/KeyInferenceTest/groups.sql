-- Sources
--   shop.orders: id int4 not null, customer_id int4, amount int4 not null, price numeric(10,2), placed date not null; key (id)

-- Defining query
SELECT totals.customer_id, totals.total
FROM (SELECT o.customer_id, sum(o.amount) AS total FROM shop.orders o GROUP BY o.customer_id) totals;

-- Stage 1 of 2: freshet_state.s1
--   shape     running groups by k1 int4: p1 = rows, p2 = sum of x1 int4
--   columns   k1 int4, p1 int8 not null, p2 int8
--   identity  key (k1)
--   reads     shop.orders
--   index     hash_record_extended(ROW(k1), 0)
-- query
SELECT o.customer_id AS k1, count(*) AS p1, sum(o.amount) AS p2
FROM shop.orders AS o
GROUP BY o.customer_id;
-- input
SELECT o.customer_id AS k1, o.amount AS x1
FROM shop.orders AS o;

-- Stage 2 of 2: public.st
--   shape     linear
--   columns   customer_id int4, total int8
--   identity  key (customer_id)
--   reads     freshet_state.s1
--   index     hash_record_extended(ROW(customer_id), 0)
-- query
SELECT totals.customer_id, totals.total
FROM (
  SELECT g.k1 AS customer_id, g.p2 AS total
  FROM freshet_state.s1 AS g
) AS totals;
