-- Sources
--   shop.orders: id int4 not null, customer_id int4, amount int4 not null, price numeric(10,2), placed date not null; key (id)

-- Defining query
SELECT o.placed, avg(o.amount) AS average, sum(o.amount) AS total, count(o.amount) AS n FROM shop.orders o GROUP BY o.placed;

-- Stage 1 of 2: freshet_state.s1
--   shape     running groups by k1 date not null: p1 = rows, p2 = sum of x1 int4
--   columns   k1 date not null, p1 int8 not null, p2 int8
--   identity  key (k1)
--   reads     shop.orders
-- query
SELECT o.placed AS k1, count(*) AS p1, sum(o.amount) AS p2
FROM shop.orders AS o
GROUP BY o.placed;
-- input
SELECT o.placed AS k1, o.amount AS x1
FROM shop.orders AS o;

-- Stage 2 of 2: public.st
--   shape     linear
--   columns   placed date not null, average numeric, total int8, n int8 not null
--   identity  key (placed)
--   reads     freshet_state.s1
-- query
SELECT
  g.k1 AS placed,
  CASE WHEN (g.p1 = 0) THEN NULL ELSE (g.p2::numeric / g.p1::numeric) END AS average,
  g.p2 AS total,
  g.p1 AS n
FROM freshet_state.s1 AS g;
