-- Sources
--   shop.orders: id int4 not null, customer_id int4, amount int4 not null, price numeric(10,2), placed date not null; key (id)
--   shop.customers: id int4 not null, city text, name text not null; key (id)

-- Defining query
SELECT o.customer_id, count(*) AS n FROM shop.orders o GROUP BY o.customer_id HAVING count(*) > ( SELECT count(*) AS count FROM shop.customers c WHERE c.id = o.customer_id);

-- Stage 1 of 3: freshet_state.s1
--   shape     running groups by k1 int4: p1 = rows
--   columns   k1 int4, p1 int8 not null
--   identity  key (k1)
--   reads     shop.orders
--   index     hash_record_extended(ROW(k1), 0)
-- query
SELECT o.customer_id AS k1, count(*) AS p1
FROM shop.orders AS o
GROUP BY o.customer_id;
-- input
SELECT o.customer_id AS k1
FROM shop.orders AS o;

-- Stage 2 of 3: freshet_state.s2
--   shape     running groups by k1 int4 not null: p1 = rows
--   columns   k1 int4 not null, p1 int8 not null
--   identity  key (k1)
--   reads     shop.customers
-- query
SELECT c.id AS k1, count(*) AS p1
FROM shop.customers AS c
WHERE c.id IS DISTINCT FROM NULL
GROUP BY c.id;
-- input
SELECT c.id AS k1
FROM shop.customers AS c
WHERE c.id IS DISTINCT FROM NULL;

-- Stage 3 of 3: public.st
--   shape     linear
--   columns   customer_id int4, n int8 not null
--   identity  key (customer_id)
--   reads     freshet_state.s1, freshet_state.s2
--   index     hash_record_extended(ROW(customer_id), 0)
-- query
SELECT __join1.c1 AS customer_id, __join1.c2 AS n
FROM (
  SELECT
    __groups1.__g1 AS c1,
    __groups1.__g2 AS c2,
    __sub3.__k1 AS c3,
    __sub3.__found AS c4,
    __sub3.__value AS c5
  FROM (
    SELECT g.k1 AS __g1, g.p1 AS __g2
    FROM freshet_state.s1 AS g
  ) AS __groups1
    LEFT JOIN (
    SELECT g.k1 AS __k1, g.p1 AS __value, true AS __found
    FROM freshet_state.s2 AS g
  ) AS __sub3 ON __sub3.__k1 = __groups1.__g1
) AS __join1
WHERE __join1.c2 > CASE WHEN (__join1.c4 IS NOT NULL) THEN __join1.c5 ELSE 0::bigint::bigint END;
