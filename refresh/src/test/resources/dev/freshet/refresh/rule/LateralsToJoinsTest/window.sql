-- Sources
--   shop.customers: id int4 not null, city text, name text not null; key (id)
--   shop.orders: id int4 not null, customer_id int4, amount int4 not null, price numeric(10,2), placed date not null; key (id)

-- Defining query
SELECT c.id, o.place
FROM shop.customers c, LATERAL
  (SELECT rank() OVER (ORDER BY o.amount) AS place FROM shop.orders o WHERE o.customer_id = c.id) o;

-- Stage 1 of 2: freshet_state.s1
--   shape     recomputed partitions by k1 int4
--   columns   k1 int4 not null, o1 int4 not null, o2 int8
--   identity  bag
--   reads     shop.orders
--   index     hash_record_extended(ROW(k1, o1, o2), 0)
-- query
SELECT
  o_1.customer_id AS k1,
  o_1.customer_id AS o1,
  rank() OVER (PARTITION BY o_1.customer_id ORDER BY o_1.amount) AS o2
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
  rank() OVER (PARTITION BY o_1.customer_id ORDER BY o_1.amount) AS o2
FROM shop.orders AS o_1, touched AS __touched
WHERE (o_1.customer_id IS DISTINCT FROM NULL) AND (o_1.customer_id = __touched.k1)
UNION ALL
SELECT
  o_1.customer_id AS k1,
  o_1.customer_id AS o1,
  rank() OVER (PARTITION BY o_1.customer_id ORDER BY o_1.amount) AS o2
FROM shop.orders AS o_1, touched AS __touched
WHERE (o_1.customer_id IS DISTINCT FROM NULL) AND (o_1.customer_id IS NULL) AND (__touched.k1 IS NULL);

-- Stage 2 of 2: public.st
--   shape     linear
--   columns   id int4 not null, place int8
--   identity  bag
--   reads     freshet_state.s1, shop.customers
--   index     hash_record_extended(ROW(id, place), 0)
-- query
SELECT c.id, o.place
FROM
  shop.customers AS c,
  (
    SELECT p.o1 AS __k1, p.o2 AS place
    FROM freshet_state.s1 AS p
  ) AS o
WHERE o.__k1 = c.id;
