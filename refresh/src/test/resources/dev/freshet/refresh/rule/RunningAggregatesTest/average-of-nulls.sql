-- Sources
--   shop.items: order_id int4 not null, line int4 not null, product text not null, quantity int4; key (line, order_id)

-- Defining query
SELECT i.product, avg(i.quantity) AS average FROM shop.items i GROUP BY i.product;

-- Stage 1 of 2: freshet_state.s1
--   shape     running groups by k1 text not null: p1 = rows, p2 = sum of x1 int4 counted by p3, p3 = values of x1 int4
--   columns   k1 text not null, p1 int8 not null, p2 int8, p3 int8 not null
--   identity  key (k1)
--   reads     shop.items
-- query
SELECT i.product AS k1, count(*) AS p1, sum(i.quantity) AS p2, count(i.quantity) AS p3
FROM shop.items AS i
GROUP BY i.product;
-- input
SELECT i.product AS k1, i.quantity AS x1
FROM shop.items AS i;

-- Stage 2 of 2: public.st
--   shape     linear
--   columns   product text not null, average numeric
--   identity  key (product)
--   reads     freshet_state.s1
-- query
SELECT
  g.k1 AS product,
  CASE WHEN (g.p3 = 0) THEN NULL ELSE (g.p2::numeric / g.p3::numeric) END AS average
FROM freshet_state.s1 AS g;
