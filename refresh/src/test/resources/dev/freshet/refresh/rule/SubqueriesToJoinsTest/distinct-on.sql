-- Sources
--   shop.customers: id int4 not null, city text, name text not null; key (id)
--   shop.orders: id int4 not null, customer_id int4, amount int4 not null, price numeric(10,2), placed date not null; key (id)

-- Defining query
SELECT DISTINCT ON (( SELECT c.city FROM shop.customers c WHERE c.id = o.customer_id)) o.id FROM shop.orders o;

-- Stage 1 of 2: freshet_state.s1
--   shape     recomputed partitions by k1 text
--   columns   k1 text, o1 int4 not null
--   identity  key (o1)
--   reads     shop.customers, shop.orders
-- query
SELECT DISTINCT ON (__join1.c1) __join1.c1 AS k1, __join1.c2 AS o1
FROM (
  SELECT __sub2.__value AS c1, o.id AS c2, __sub2.__k1 AS c3, o.customer_id AS c4
  FROM shop.orders AS o
    LEFT JOIN (
    SELECT c.id AS __k1, c.city AS __value
    FROM shop.customers AS c
    WHERE c.id IS DISTINCT FROM NULL
  ) AS __sub2 ON __sub2.__k1 = o.customer_id
) AS __join1;
-- touching
SELECT __join1.c1 AS k1
FROM (
  SELECT __sub2.__value AS c1, o.id AS c2, __sub2.__k1 AS c3, o.customer_id AS c4
  FROM shop.orders AS o
    LEFT JOIN (
    SELECT c.id AS __k1, c.city AS __value
    FROM shop.customers AS c
    WHERE c.id IS DISTINCT FROM NULL
  ) AS __sub2 ON __sub2.__k1 = o.customer_id
) AS __join1;
-- restricted
SELECT DISTINCT ON (__join1.c1) __join1.c1 AS k1, __join1.c2 AS o1
FROM
  (
    SELECT __sub2.__value AS c1, o.id AS c2, __sub2.__k1 AS c3, o.customer_id AS c4
    FROM shop.orders AS o
      LEFT JOIN (
      SELECT c.id AS __k1, c.city AS __value
      FROM shop.customers AS c
      WHERE c.id IS DISTINCT FROM NULL
    ) AS __sub2 ON __sub2.__k1 = o.customer_id
  ) AS __join1,
  touched AS __touched
WHERE __join1.c1 = __touched.k1
UNION ALL
SELECT DISTINCT ON (__join1.c1) __join1.c1 AS k1, __join1.c2 AS o1
FROM
  (
    SELECT __sub2.__value AS c1, o.id AS c2, __sub2.__k1 AS c3, o.customer_id AS c4
    FROM shop.orders AS o
      LEFT JOIN (
      SELECT c.id AS __k1, c.city AS __value
      FROM shop.customers AS c
      WHERE c.id IS DISTINCT FROM NULL
    ) AS __sub2 ON __sub2.__k1 = o.customer_id
  ) AS __join1,
  touched AS __touched
WHERE (__join1.c1 IS NULL) AND (__touched.k1 IS NULL);

-- Stage 2 of 2: public.st
--   shape     linear
--   columns   id int4 not null
--   identity  key (id)
--   reads     freshet_state.s1
-- query
SELECT p.o1 AS id
FROM freshet_state.s1 AS p;
