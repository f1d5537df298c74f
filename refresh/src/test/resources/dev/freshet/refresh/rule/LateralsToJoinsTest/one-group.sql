-- Sources
--   shop.customers: id int4 not null, city text, name text not null; key (id)
--   shop.orders: id int4 not null, customer_id int4, amount int4 not null, price numeric(10,2), placed date not null; key (id)

-- Defining query
SELECT c.id, n.n
FROM shop.customers c, LATERAL (SELECT count(*) AS n FROM shop.orders o WHERE o.customer_id = c.id) n;

-- Stage 1 of 2: freshet_state.s1
--   shape     running groups by k1 int4 not null: p1 = rows
--   columns   k1 int4 not null, p1 int8 not null
--   identity  key (k1)
--   reads     shop.orders
-- query
SELECT o.customer_id AS k1, count(*) AS p1
FROM shop.orders AS o
WHERE o.customer_id IS DISTINCT FROM NULL
GROUP BY o.customer_id;
-- input
SELECT o.customer_id AS k1
FROM shop.orders AS o
WHERE o.customer_id IS DISTINCT FROM NULL;

-- Stage 2 of 2: public.st
--   shape     linear
--   columns   id int4 not null, n int8
--   identity  key (id)
--   reads     freshet_state.s1, shop.customers
-- query
SELECT __join1.c1 AS id, CASE WHEN (__join1.c2 IS NOT NULL) THEN __join1.c3 ELSE 0::bigint END AS n
FROM (
  SELECT c.id AS c1, n.__found AS c2, n.n AS c3, n.__k1 AS c4
  FROM shop.customers AS c
    LEFT JOIN (
    SELECT g.k1 AS __k1, g.p1 AS n, true AS __found
    FROM freshet_state.s1 AS g
  ) AS n ON n.__k1 = c.id
) AS __join1;
