-- Sources
--   shop.customers: id int4 not null, city text, name text not null; key (id)

-- Defining query
SELECT row_number() OVER (ORDER BY (max(c.name))) AS place FROM shop.customers c;

-- Stage 1 of 3: freshet_state.s1
--   shape     running groups (one, always there): p1 = rows, p2 = max of x1 text
--   columns   p1 int8 not null, p2 text
--   identity  key ()
--   reads     shop.customers
-- query
SELECT count(*) AS p1, max(c.name) AS p2
FROM shop.customers AS c;
-- input
SELECT c.name AS x1
FROM shop.customers AS c;

-- Stage 2 of 3: freshet_state.s2
--   shape     one recomputed partition
--   columns   o1 int8
--   identity  key ()
--   reads     freshet_state.s1
-- query
SELECT row_number() OVER (ORDER BY g.p2) AS o1
FROM freshet_state.s1 AS g;
-- touching
SELECT true AS "any"
FROM freshet_state.s1 AS g;
-- restricted
SELECT whole.*
FROM (
  SELECT row_number() OVER (ORDER BY g.p2) AS o1
  FROM freshet_state.s1 AS g
) AS whole
WHERE EXISTS (
  SELECT
  FROM touched
);

-- Stage 3 of 3: public.st
--   shape     linear
--   columns   place int8
--   identity  key ()
--   reads     freshet_state.s2
-- query
SELECT p.o1 AS place
FROM freshet_state.s2 AS p;
