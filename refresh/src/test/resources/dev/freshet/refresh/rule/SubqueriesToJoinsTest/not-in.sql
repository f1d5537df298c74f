-- Sources
--   shop.customers: id int4 not null, city text, name text not null; key (id)
--   shop.orders: id int4 not null, customer_id int4, amount int4 not null, price numeric(10,2), placed date not null; key (id)

-- Defining query
SELECT c.id FROM shop.customers c WHERE NOT (c.id IN ( SELECT o.customer_id FROM shop.orders o));

-- Stage 1 of 3: freshet_state.s1
--   shape     running groups by k1 int4 not null: p1 = rows
--   columns   k1 int4 not null, p1 int8 not null
--   identity  key (k1)
--   reads     shop.orders
-- query
SELECT rows.c1 AS k1, count(*) AS p1
FROM (
  SELECT o.customer_id AS __k1
  FROM shop.orders AS o
  WHERE o.customer_id IS DISTINCT FROM NULL
) AS rows (c1)
GROUP BY rows.c1;
-- input
SELECT rows.c1 AS k1
FROM (
  SELECT o.customer_id AS __k1
  FROM shop.orders AS o
  WHERE o.customer_id IS DISTINCT FROM NULL
) AS rows (c1);

-- Stage 2 of 3: freshet_state.s2
--   shape     running groups by k1 bool not null: p1 = rows
--   columns   k1 bool not null, p1 int8 not null
--   identity  key (k1)
--   reads     shop.orders
-- query
SELECT rows.c1 AS k1, count(*) AS p1
FROM (
  SELECT true AS __found
  FROM shop.orders AS o
  WHERE o.customer_id IS NOT DISTINCT FROM NULL
) AS rows (c1)
GROUP BY rows.c1;
-- input
SELECT rows.c1 AS k1
FROM (
  SELECT true AS __found
  FROM shop.orders AS o
  WHERE o.customer_id IS NOT DISTINCT FROM NULL
) AS rows (c1);

-- Stage 3 of 3: public.st
--   shape     linear
--   columns   id int4 not null
--   identity  key (id)
--   reads     freshet_state.s1, freshet_state.s2, shop.customers
-- query
SELECT __join2.c1 AS id
FROM (
  SELECT __join1.c1 AS c1, __join1.c2 AS c2, __sub5.__found AS c3, __join1.c3 AS c4
  FROM (
    SELECT c.id AS c1, __sub3.__k1 AS c2, __sub3.__found AS c3
    FROM shop.customers AS c
      LEFT JOIN (
      SELECT __rows2.__k1 AS __k1, true AS __found
      FROM (
        SELECT g.k1 AS __k1
        FROM freshet_state.s1 AS g
      ) AS __rows2
    ) AS __sub3 ON __sub3.__k1 = c.id
  ) AS __join1
    LEFT JOIN (
    SELECT g.k1 AS __found
    FROM freshet_state.s2 AS g
  ) AS __sub5 ON __sub5.__found = true
) AS __join2
WHERE (NOT (__join2.c4 IS NOT NULL)) AND (NOT (__join2.c3 IS NOT NULL));
