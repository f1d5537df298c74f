-- Sources
--   shop.customers: id int4 not null, city text, name text not null; key (id)

-- Defining query
SELECT DISTINCT c.city FROM shop.customers c ORDER BY c.city LIMIT 3;

-- Stage 1 of 2: freshet_state.s1
--   shape     one recomputed partition
--   columns   o1 text
--   identity  bag
--   reads     shop.customers
--   index     hash_record_extended(ROW(o1), 0)
-- query
SELECT DISTINCT c.city AS o1
FROM shop.customers AS c
ORDER BY c.city
LIMIT 3;
-- touching
SELECT true AS "any"
FROM shop.customers AS c;
-- restricted
SELECT whole.*
FROM (
  SELECT DISTINCT c.city AS o1
  FROM shop.customers AS c
  ORDER BY c.city
  LIMIT 3
) AS whole
WHERE EXISTS (
  SELECT
  FROM touched
);

-- Stage 2 of 2: public.st
--   shape     linear
--   columns   city text
--   identity  bag
--   reads     freshet_state.s1
--   index     hash_record_extended(ROW(city), 0)
-- query
SELECT p.o1 AS city
FROM freshet_state.s1 AS p;
