-- Sources
--   shop.orders: id int4 not null, customer_id int4, amount int4 not null, price numeric(10,2), placed date not null; key (id)
--   shop.customers: id int4 not null, city text, name text not null; key (id)

-- Defining query
SELECT o.id, count(*) OVER w AS n FROM shop.orders o WINDOW w AS (PARTITION BY ( SELECT c.city FROM shop.customers c WHERE c.id = o.customer_id));

-- Stage 1 of 2: freshet_state.s1
--   shape     recomputed partitions by k1 text
--   columns   k1 text, o1 int4 not null, o2 int8
--   identity  key (o1)
--   reads     shop.customers, shop.orders
-- query
SELECT __join1.c4 AS k1, __join1.c1 AS o1, count(*) OVER w AS o2
FROM (
  SELECT o.id AS c1, __sub2.__k1 AS c2, o.customer_id AS c3, __sub2.__value AS c4
  FROM shop.orders AS o
    LEFT JOIN (
    SELECT c.id AS __k1, c.city AS __value
    FROM shop.customers AS c
    WHERE c.id IS DISTINCT FROM NULL
  ) AS __sub2 ON __sub2.__k1 = o.customer_id
) AS __join1
WINDOW w AS (PARTITION BY __join1.c4);
-- touching
SELECT __join1.c4 AS k1
FROM (
  SELECT o.id AS c1, __sub2.__k1 AS c2, o.customer_id AS c3, __sub2.__value AS c4
  FROM shop.orders AS o
    LEFT JOIN (
    SELECT c.id AS __k1, c.city AS __value
    FROM shop.customers AS c
    WHERE c.id IS DISTINCT FROM NULL
  ) AS __sub2 ON __sub2.__k1 = o.customer_id
) AS __join1;
-- restricted
SELECT __join1.c4 AS k1, __join1.c1 AS o1, count(*) OVER w AS o2
FROM
  (
    SELECT o.id AS c1, __sub2.__k1 AS c2, o.customer_id AS c3, __sub2.__value AS c4
    FROM shop.orders AS o
      LEFT JOIN (
      SELECT c.id AS __k1, c.city AS __value
      FROM shop.customers AS c
      WHERE c.id IS DISTINCT FROM NULL
    ) AS __sub2 ON __sub2.__k1 = o.customer_id
  ) AS __join1,
  touched AS __touched
WHERE __join1.c4 = __touched.k1
WINDOW w AS (PARTITION BY __join1.c4)
UNION ALL
SELECT __join1.c4 AS k1, __join1.c1 AS o1, count(*) OVER w AS o2
FROM
  (
    SELECT o.id AS c1, __sub2.__k1 AS c2, o.customer_id AS c3, __sub2.__value AS c4
    FROM shop.orders AS o
      LEFT JOIN (
      SELECT c.id AS __k1, c.city AS __value
      FROM shop.customers AS c
      WHERE c.id IS DISTINCT FROM NULL
    ) AS __sub2 ON __sub2.__k1 = o.customer_id
  ) AS __join1,
  touched AS __touched
WHERE (__join1.c4 IS NULL) AND (__touched.k1 IS NULL)
WINDOW w AS (PARTITION BY __join1.c4);

-- Stage 2 of 2: public.st
--   shape     linear
--   columns   id int4 not null, n int8
--   identity  key (id)
--   reads     freshet_state.s1
-- query
SELECT p.o1 AS id, p.o2 AS n
FROM freshet_state.s1 AS p;
