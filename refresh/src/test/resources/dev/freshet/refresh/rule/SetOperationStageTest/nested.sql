-- Sources
--   shop.visits: customer_id int4, page text not null, seconds float8
--   shop.returns: customer_id int4, page text not null, seconds float8
--   shop.customers: id int4 not null, city text, name text not null; key (id)

-- Defining query
(SELECT v.page FROM shop.visits v EXCEPT SELECT r.page FROM shop.returns r)
UNION ALL
SELECT c.name FROM shop.customers c;

-- Stage 1 of 2: freshet_state.s1
--   shape     recomputed partitions by c1 text
--   columns   c1 text
--   identity  bag
--   reads     shop.returns, shop.visits
--   index     hash_record_extended(ROW(c1), 0)
-- query
SELECT q.*
FROM (
  SELECT v.page
  FROM shop.visits AS v
  EXCEPT
  SELECT r.page
  FROM shop.returns AS r
) AS q (c1);
-- touching
SELECT q.c1::text AS k1
FROM (
  SELECT v.page
  FROM shop.visits AS v
) AS q (c1)
UNION ALL
SELECT q.c1::text AS k1
FROM (
  SELECT r.page
  FROM shop.returns AS r
) AS q (c1);
-- restricted
(
  SELECT q.c1::text AS c1
  FROM
    (
      SELECT v.page
      FROM shop.visits AS v
    ) AS q (c1),
    touched AS __touched
  WHERE q.c1::text = __touched.k1
  UNION ALL
  SELECT q.c1::text AS c1
  FROM
    (
      SELECT v.page
      FROM shop.visits AS v
    ) AS q (c1),
    touched AS __touched
  WHERE (q.c1::text IS NULL) AND (__touched.k1 IS NULL)
)
EXCEPT
(
  SELECT q.c1::text AS c1
  FROM
    (
      SELECT r.page
      FROM shop.returns AS r
    ) AS q (c1),
    touched AS __touched
  WHERE q.c1::text = __touched.k1
  UNION ALL
  SELECT q.c1::text AS c1
  FROM
    (
      SELECT r.page
      FROM shop.returns AS r
    ) AS q (c1),
    touched AS __touched
  WHERE (q.c1::text IS NULL) AND (__touched.k1 IS NULL)
);

-- Stage 2 of 2: public.st
--   shape     linear
--   columns   page text
--   identity  bag
--   reads     freshet_state.s1, shop.customers
--   index     hash_record_extended(ROW(page), 0)
-- query
SELECT o.c1 AS page
FROM freshet_state.s1 AS o
UNION ALL
SELECT c.name AS page
FROM shop.customers AS c;
