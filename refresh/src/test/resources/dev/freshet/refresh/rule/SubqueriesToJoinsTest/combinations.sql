-- Sources
--   shop.customers: id int4 not null, city text, name text not null; key (id)
--   shop.orders: id int4 not null, customer_id int4, amount int4 not null, price numeric(10,2), placed date not null; key (id)

-- Defining query
SELECT c.id FROM shop.customers c WHERE (EXISTS ( SELECT FROM shop.orders o WHERE o.customer_id > c.id));

-- Stage 1 of 2: freshet_state.s1
--   shape     running groups by k1 int4 not null: p1 = rows
--   columns   k1 int4 not null, p1 int8 not null
--   identity  key (k1)
--   reads     shop.customers, shop.orders
-- query
SELECT rows.c1 AS k1, count(*) AS p1
FROM (
  SELECT __outer1.__o1 AS __k1
  FROM
    (
      SELECT c_1.id AS __o1
      FROM shop.customers AS c_1
    ) AS __outer1,
    shop.orders AS o
  WHERE (o.customer_id > __outer1.__o1) AND (__outer1.__o1 IS DISTINCT FROM NULL)
) AS rows (c1)
GROUP BY rows.c1;
-- input
SELECT rows.c1 AS k1
FROM (
  SELECT __outer1.__o1 AS __k1
  FROM
    (
      SELECT c_1.id AS __o1
      FROM shop.customers AS c_1
    ) AS __outer1,
    shop.orders AS o
  WHERE (o.customer_id > __outer1.__o1) AND (__outer1.__o1 IS DISTINCT FROM NULL)
) AS rows (c1);

-- Stage 2 of 2: public.st
--   shape     linear
--   columns   id int4 not null
--   identity  key (id)
--   reads     freshet_state.s1, shop.customers
-- query
SELECT c.id
FROM
  shop.customers AS c,
  (
    SELECT __rows2.__k1 AS __k1, true AS __found
    FROM (
      SELECT g.k1 AS __k1
      FROM freshet_state.s1 AS g
    ) AS __rows2
  ) AS __sub3
WHERE __sub3.__k1 = c.id;
