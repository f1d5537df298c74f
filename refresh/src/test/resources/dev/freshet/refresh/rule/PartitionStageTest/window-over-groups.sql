-- Sources
--   shop.customers: id int4 not null, city text, name text not null; key (id)

-- Defining query
SELECT c.city, count(*) AS n, rank() OVER (ORDER BY (count(*)) DESC) AS place
FROM shop.customers c GROUP BY c.city;

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
--   shape     one recomputed partition
--   columns   o1 text, o2 int8 not null, o3 int8
--   identity  key (o1)
--   reads     freshet_state.s1
--   index     hash_record_extended(ROW(o1), 0)
-- query
SELECT g.k1 AS o1, g.p1 AS o2, rank() OVER (ORDER BY g.p1 DESC) AS o3
FROM freshet_state.s1 AS g;
-- touching
SELECT true AS "any"
FROM freshet_state.s1 AS g;
-- restricted
SELECT whole.*
FROM (
  SELECT g.k1 AS o1, g.p1 AS o2, rank() OVER (ORDER BY g.p1 DESC) AS o3
  FROM freshet_state.s1 AS g
) AS whole
WHERE EXISTS (
  SELECT
  FROM touched
);

-- Stage 3 of 3: public.st
--   shape     linear
--   columns   city text, n int8 not null, place int8
--   identity  key (city)
--   reads     freshet_state.s2
--   index     hash_record_extended(ROW(city), 0)
-- query
SELECT p.o1 AS city, p.o2 AS n, p.o3 AS place
FROM freshet_state.s2 AS p;
