-- Sources
--   shop.customers: id int4 not null, city text, name text not null; key (id)
--   shop.visits: customer_id int4, page text not null, seconds float8
--   shop.returns: customer_id int4, page text not null, seconds float8

-- Defining query
SELECT c.id, both_.page
FROM shop.customers c,
  LATERAL (SELECT v.page FROM shop.visits v WHERE v.customer_id = c.id INTERSECT SELECT r.page FROM shop.returns r) both_;

-- Stage 1 of 2: freshet_state.s1
--   shape     recomputed partitions by c1 int4, c2 text
--   columns   c1 int4, c2 text
--   identity  bag
--   reads     shop.customers, shop.returns, shop.visits
--   index     hash_record_extended(ROW(c1, c2), 0)
-- query
SELECT q.*
FROM (
  SELECT __outer1.__o1 AS __k1, v.page AS page
  FROM
    (
      SELECT c_1.id AS __o1
      FROM shop.customers AS c_1
    ) AS __outer1,
    shop.visits AS v
  WHERE (v.customer_id = __outer1.__o1) AND (__outer1.__o1 IS DISTINCT FROM NULL)
  INTERSECT
  SELECT __outer2.__o1 AS __k1, r.page AS page
  FROM
    (
      SELECT c_2.id AS __o1
      FROM shop.customers AS c_2
    ) AS __outer2,
    shop.returns AS r
  WHERE __outer2.__o1 IS DISTINCT FROM NULL
) AS q (c1, c2);
-- touching
SELECT q.c1::integer AS k1, q.c2::text AS k2
FROM (
  SELECT __outer1.__o1 AS __k1, v.page AS page
  FROM
    (
      SELECT c_1.id AS __o1
      FROM shop.customers AS c_1
    ) AS __outer1,
    shop.visits AS v
  WHERE (v.customer_id = __outer1.__o1) AND (__outer1.__o1 IS DISTINCT FROM NULL)
) AS q (c1, c2)
UNION ALL
SELECT q.c1::integer AS k1, q.c2::text AS k2
FROM (
  SELECT __outer2.__o1 AS __k1, r.page AS page
  FROM
    (
      SELECT c_2.id AS __o1
      FROM shop.customers AS c_2
    ) AS __outer2,
    shop.returns AS r
  WHERE __outer2.__o1 IS DISTINCT FROM NULL
) AS q (c1, c2);
-- restricted
SELECT q.c1::integer AS c1, q.c2::text AS c2
FROM
  (
    SELECT __outer1.__o1 AS __k1, v.page AS page
    FROM
      (
        SELECT c_1.id AS __o1
        FROM shop.customers AS c_1
      ) AS __outer1,
      shop.visits AS v
    WHERE (v.customer_id = __outer1.__o1) AND (__outer1.__o1 IS DISTINCT FROM NULL)
  ) AS q (c1, c2),
  touched AS __touched
WHERE (hash_record_extended(ROW(q.c1::integer, q.c2::text), 0) = hash_record_extended(ROW(__touched.k1, __touched.k2), 0))
  AND (q.c1::integer IS NOT DISTINCT FROM __touched.k1)
  AND (q.c2::text IS NOT DISTINCT FROM __touched.k2)
INTERSECT
SELECT q.c1::integer AS c1, q.c2::text AS c2
FROM
  (
    SELECT __outer2.__o1 AS __k1, r.page AS page
    FROM
      (
        SELECT c_2.id AS __o1
        FROM shop.customers AS c_2
      ) AS __outer2,
      shop.returns AS r
    WHERE __outer2.__o1 IS DISTINCT FROM NULL
  ) AS q (c1, c2),
  touched AS __touched
WHERE (hash_record_extended(ROW(q.c1::integer, q.c2::text), 0) = hash_record_extended(ROW(__touched.k1, __touched.k2), 0))
  AND (q.c1::integer IS NOT DISTINCT FROM __touched.k1)
  AND (q.c2::text IS NOT DISTINCT FROM __touched.k2);

-- Stage 2 of 2: public.st
--   shape     linear
--   columns   id int4 not null, page text
--   identity  bag
--   reads     freshet_state.s1, shop.customers
--   index     hash_record_extended(ROW(id, page), 0)
-- query
SELECT c.id, both_.page
FROM
  shop.customers AS c,
  (
    SELECT o.c1 AS __k1, o.c2 AS page
    FROM freshet_state.s1 AS o
  ) AS both_
WHERE both_.__k1 = c.id;
