-- Sources
--   shop.orders: id int4 not null, customer_id int4, amount int4 not null, price numeric(10,2), placed date not null; key (id)

-- Defining query
SELECT o.placed, sum(o.price * 1.5 - o.amount::numeric) AS total FROM shop.orders o GROUP BY o.placed;

-- Stage 1 of 2: freshet_state.s1
--   shape     running groups by k1 date not null: p1 = rows, p2 = sum of x1 numeric counted by p3, p3 = values of x1 numeric
--   columns   k1 date not null, p1 int8 not null, p2 numeric, p3 int8 not null
--   identity  key (k1)
--   reads     shop.orders
-- query
SELECT
  o.placed AS k1,
  count(*) AS p1,
  sum((o.price * 1.5) - o.amount::numeric) AS p2,
  count((o.price * 1.5) - o.amount::numeric) AS p3
FROM shop.orders AS o
GROUP BY o.placed;
-- input
SELECT o.placed AS k1, (o.price * 1.5) - o.amount::numeric AS x1
FROM shop.orders AS o;

-- Stage 2 of 2: public.st
--   shape     linear
--   columns   placed date not null, total numeric
--   identity  key (placed)
--   reads     freshet_state.s1
-- query
SELECT g.k1 AS placed, g.p2 AS total
FROM freshet_state.s1 AS g;
