-- Sources
--   shop.customers: id int4 not null, city text, name text not null; key (id)
--   shop.orders: id int4 not null, customer_id int4, amount int4 not null, price numeric(10,2), placed date not null; key (id)

-- Defining query
SELECT c.id, o.amount
FROM shop.customers c, LATERAL
  (SELECT o.amount FROM shop.orders o WHERE o.customer_id = c.id
   ORDER BY (row_number() OVER (ORDER BY o.placed)), o.amount LIMIT 1) o;

-- Stage 1 of 3: freshet_state.s1
--   shape     recomputed partitions by k1 int4
--   columns   k1 int4 not null, o1 int4 not null, o2 int4 not null, o3 int8, o4 int4 not null
--   identity  bag
--   reads     shop.orders
--   index     hash_record_extended(ROW(k1, o1, o2, o3, o4), 0)
-- query
SELECT
  o_1.customer_id AS k1,
  o_1.customer_id AS o1,
  o_1.amount AS o2,
  row_number() OVER (PARTITION BY o_1.customer_id ORDER BY o_1.placed) AS o3,
  o_1.amount AS o4
FROM shop.orders AS o_1
WHERE o_1.customer_id IS DISTINCT FROM NULL;
-- touching
SELECT o_1.customer_id AS k1
FROM shop.orders AS o_1
WHERE o_1.customer_id IS DISTINCT FROM NULL;
-- restricted
SELECT
  o_1.customer_id AS k1,
  o_1.customer_id AS o1,
  o_1.amount AS o2,
  row_number() OVER (PARTITION BY o_1.customer_id ORDER BY o_1.placed) AS o3,
  o_1.amount AS o4
FROM shop.orders AS o_1, touched AS __touched
WHERE (o_1.customer_id IS DISTINCT FROM NULL) AND (o_1.customer_id = __touched.k1)
UNION ALL
SELECT
  o_1.customer_id AS k1,
  o_1.customer_id AS o1,
  o_1.amount AS o2,
  row_number() OVER (PARTITION BY o_1.customer_id ORDER BY o_1.placed) AS o3,
  o_1.amount AS o4
FROM shop.orders AS o_1, touched AS __touched
WHERE (o_1.customer_id IS DISTINCT FROM NULL) AND (o_1.customer_id IS NULL) AND (__touched.k1 IS NULL);

-- Stage 2 of 3: freshet_state.s2
--   shape     recomputed partitions by k1 int4 not null
--   columns   k1 int4 not null, o1 int8, o2 int4 not null, o3 int4 not null
--   identity  bag
--   reads     freshet_state.s1
--   index     hash_record_extended(ROW(k1, o1, o2, o3), 0)
-- query
SELECT
  __rows2.__k1 AS k1,
  row_number() OVER (PARTITION BY __rows2.__k1 ORDER BY __rows2.__s1, __rows2.__s2) AS o1,
  __rows2.__k1 AS o2,
  __rows2.amount AS o3
FROM (
  SELECT p.o1 AS __k1, p.o2 AS amount, p.o3 AS __s1, p.o4 AS __s2
  FROM freshet_state.s1 AS p
) AS __rows2;
-- touching
SELECT __rows2.__k1 AS k1
FROM (
  SELECT p.o1 AS __k1, p.o2 AS amount, p.o3 AS __s1, p.o4 AS __s2
  FROM freshet_state.s1 AS p
) AS __rows2;
-- restricted
SELECT
  __rows2.__k1 AS k1,
  row_number() OVER (PARTITION BY __rows2.__k1 ORDER BY __rows2.__s1, __rows2.__s2) AS o1,
  __rows2.__k1 AS o2,
  __rows2.amount AS o3
FROM
  (
    SELECT p.o1 AS __k1, p.o2 AS amount, p.o3 AS __s1, p.o4 AS __s2
    FROM freshet_state.s1 AS p
  ) AS __rows2,
  touched AS __touched
WHERE __rows2.__k1 = __touched.k1;

-- Stage 3 of 3: public.st
--   shape     linear
--   columns   id int4 not null, amount int4 not null
--   identity  bag
--   reads     freshet_state.s2, shop.customers
--   index     hash_record_extended(ROW(id, amount), 0)
-- query
SELECT c.id, o.amount
FROM
  shop.customers AS c,
  (
    SELECT __rows3.__k1 AS __k1, __rows3.amount AS amount
    FROM (
      SELECT p.o1 AS __place, p.o2 AS __k1, p.o3 AS amount
      FROM freshet_state.s2 AS p
    ) AS __rows3
    WHERE __rows3.__place <= '1'::bigint
  ) AS o
WHERE o.__k1 = c.id;
