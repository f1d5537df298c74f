-- Sources
--   shop.customers: id int4 not null, city text, name text not null; key (id)
--   shop.sales (a stream table): city text not null, total int8; key (city)

-- Defining query
SELECT c.id FROM shop.customers c INTERSECT SELECT s.total FROM shop.sales s;

-- Stage 1 of 2: freshet_state.s1
--   shape     recomputed partitions by c1 int8
--   columns   c1 int8
--   identity  bag
--   reads     shop.customers, shop.sales
--   index     hash_record_extended(ROW(c1), 0)
-- query
SELECT q.*
FROM (
  SELECT c.id
  FROM shop.customers AS c
  INTERSECT
  SELECT s.total
  FROM shop.sales AS s
) AS q (c1);
-- touching
SELECT q.c1::bigint AS k1
FROM (
  SELECT c.id
  FROM shop.customers AS c
) AS q (c1)
UNION ALL
SELECT q.c1::bigint AS k1
FROM (
  SELECT s.total
  FROM shop.sales AS s
) AS q (c1);
-- restricted
(
  SELECT q.c1::bigint AS c1
  FROM
    (
      SELECT c.id
      FROM shop.customers AS c
    ) AS q (c1),
    touched AS __touched
  WHERE q.c1::bigint = __touched.k1
  UNION ALL
  SELECT q.c1::bigint AS c1
  FROM
    (
      SELECT c.id
      FROM shop.customers AS c
    ) AS q (c1),
    touched AS __touched
  WHERE (q.c1::bigint IS NULL) AND (__touched.k1 IS NULL)
)
INTERSECT
(
  SELECT q.c1::bigint AS c1
  FROM
    (
      SELECT s.total
      FROM shop.sales AS s
    ) AS q (c1),
    touched AS __touched
  WHERE q.c1::bigint = __touched.k1
  UNION ALL
  SELECT q.c1::bigint AS c1
  FROM
    (
      SELECT s.total
      FROM shop.sales AS s
    ) AS q (c1),
    touched AS __touched
  WHERE (q.c1::bigint IS NULL) AND (__touched.k1 IS NULL)
);

-- Stage 2 of 2: public.st
--   shape     linear
--   columns   id int8
--   identity  bag
--   reads     freshet_state.s1
--   index     hash_record_extended(ROW(id), 0)
-- query
SELECT o.c1 AS id
FROM freshet_state.s1 AS o;
