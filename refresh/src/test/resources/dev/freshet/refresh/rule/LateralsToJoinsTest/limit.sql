-- Sources
--   shop.customers: id int4 not null, city text, name text not null; key (id)
--   shop.orders: id int4 not null, customer_id int4, amount int4 not null, price numeric(10,2), placed date not null; key (id)

-- Defining query
SELECT c.id, o.amount
FROM shop.customers c LEFT JOIN LATERAL
  (SELECT o.amount FROM shop.orders o WHERE o.customer_id = c.id ORDER BY o.amount DESC LIMIT 3) o ON true;

-- Stage 1 of 2: freshet_state.s1
--   shape     recomputed partitions by k1 int4 not null
--   columns   k1 int4 not null, o1 int8, o2 int4 not null, o3 int4 not null
--   identity  bag
--   reads     shop.orders
--   index     hash_record_extended(ROW(k1, o1, o2, o3), 0)
-- query
SELECT
  __rows2.__k1 AS k1,
  row_number() OVER (PARTITION BY __rows2.__k1 ORDER BY __rows2.__s1 DESC) AS o1,
  __rows2.__k1 AS o2,
  __rows2.amount AS o3
FROM (
  SELECT o_1.customer_id AS __k1, o_1.amount AS amount, o_1.amount AS __s1
  FROM shop.orders AS o_1
  WHERE o_1.customer_id IS DISTINCT FROM NULL
) AS __rows2;
-- touching
SELECT __rows2.__k1 AS k1
FROM (
  SELECT o_1.customer_id AS __k1, o_1.amount AS amount, o_1.amount AS __s1
  FROM shop.orders AS o_1
  WHERE o_1.customer_id IS DISTINCT FROM NULL
) AS __rows2;
-- restricted
SELECT
  __rows2.__k1 AS k1,
  row_number() OVER (PARTITION BY __rows2.__k1 ORDER BY __rows2.__s1 DESC) AS o1,
  __rows2.__k1 AS o2,
  __rows2.amount AS o3
FROM
  (
    SELECT o_1.customer_id AS __k1, o_1.amount AS amount, o_1.amount AS __s1
    FROM shop.orders AS o_1
    WHERE o_1.customer_id IS DISTINCT FROM NULL
  ) AS __rows2,
  touched AS __touched
WHERE __rows2.__k1 = __touched.k1;

-- Stage 2 of 2: public.st
--   shape     linear
--   columns   id int4 not null, amount int4
--   identity  bag
--   reads     freshet_state.s1, shop.customers
--   index     hash_record_extended(ROW(id, amount), 0)
-- query
SELECT __join1.c1 AS id, __join1.c2 AS amount
FROM (
  SELECT c.id AS c1, o.amount AS c2, o.__k1 AS c3
  FROM shop.customers AS c
    LEFT JOIN (
    SELECT __rows3.__k1 AS __k1, __rows3.amount AS amount
    FROM (
      SELECT p.o1 AS __place, p.o2 AS __k1, p.o3 AS amount
      FROM freshet_state.s1 AS p
    ) AS __rows3
    WHERE __rows3.__place <= '3'::bigint
  ) AS o ON o.__k1 = c.id
) AS __join1;
