-- Sources
--   shop.customers: id int4 not null, city text, name text not null; key (id)

-- Defining query
SELECT GROUPING(c.city) AS g, count(*) AS n FROM shop.customers c GROUP BY c.city;

-- Stage 1 of 2: freshet_state.s1
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

-- Stage 2 of 2: public.st
--   shape     linear
--   columns   g int4 not null, n int8 not null
--   identity  bag
--   reads     freshet_state.s1
--   index     hash_record_extended(ROW(g, n), 0)
-- query
SELECT __sets1.__g3 AS g, __sets1.__g2 AS n
FROM (
  SELECT g.k1 AS __g1, g.p1 AS __g2, 0 AS __g3
  FROM freshet_state.s1 AS g
) AS __sets1;
