-- Sources
--   shop.customers: id int4 not null, city text, name text not null; key (id)

-- Defining query
SELECT c.city, count(*) AS n FROM shop.customers c GROUP BY ROLLUP (c.city);

-- Stage 1 of 3: freshet_state.s1
--   shape     running groups by k1 text: p1 = rows
--   columns   k1 text, p1 int8 not null
--   identity  key (k1)
--   reads     shop.customers
--   index     hash_record_extended(ROW(k1), 0)
-- query
SELECT c.city AS k1, count(*) AS p1
FROM shop.customers AS c
GROUP BY c.city;
-- input
SELECT c.city AS k1
FROM shop.customers AS c;

-- Stage 2 of 3: freshet_state.s2
--   shape     running groups (one, always there): p1 = rows
--   columns   p1 int8 not null
--   identity  key ()
--   reads     shop.customers
-- query
SELECT count(*) AS p1
FROM shop.customers AS c;
-- input
SELECT
FROM shop.customers AS c;

-- Stage 3 of 3: public.st
--   shape     linear
--   columns   city text, n int8
--   identity  bag
--   reads     freshet_state.s1, freshet_state.s2
--   index     hash_record_extended(ROW(city, n), 0)
-- query
SELECT __sets1.__g1 AS city, __sets1.__g2 AS n
FROM (
  SELECT g.k1 AS __g1, g.p1 AS __g2
  FROM freshet_state.s1 AS g
  UNION ALL
  SELECT NULL::text AS __g1, g.p1 AS __g2
  FROM freshet_state.s2 AS g
) AS __sets1;
