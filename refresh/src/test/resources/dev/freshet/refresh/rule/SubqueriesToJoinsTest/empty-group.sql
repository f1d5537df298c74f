-- Sources
--   shop.orders: id int4 not null, customer_id int4, amount int4 not null, price numeric(10,2), placed date not null; key (id)
--   shop.customers: id int4 not null, city text, name text not null; key (id)

-- Defining query
SELECT c.id, ( SELECT count(*) AS count FROM shop.orders o WHERE o.customer_id = c.id) AS n FROM shop.customers c;

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
SELECT
  __join1.c1 AS id,
  CASE WHEN (__join1.c2 IS NOT NULL) THEN __join1.c3 ELSE 0::bigint::bigint END AS n
FROM (
  SELECT c.id AS c1, __sub2.__found AS c2, __sub2.__value AS c3, __sub2.__k1 AS c4
  FROM shop.customers AS c
    LEFT JOIN (
    SELECT g.k1 AS __k1, g.p1 AS __value, true AS __found
    FROM freshet_state.s1 AS g
  ) AS __sub2 ON __sub2.__k1 = c.id
) AS __join1;
