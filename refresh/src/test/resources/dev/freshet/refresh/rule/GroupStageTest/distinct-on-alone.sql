-- Sources
--   shop.customers: id int4 not null, city text, name text not null; key (id)

-- Defining query
SELECT DISTINCT ON ((count(*))) 5 AS five FROM shop.customers c ORDER BY (count(*));

-- Stage 1 of 3: freshet_state.s1
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

-- Stage 2 of 3: freshet_state.s2
--   shape     recomputed partitions by k1 int8 not null
--   columns   k1 int8 not null, o1 int4 not null
--   identity  key ()
--   reads     freshet_state.s1
-- query
SELECT DISTINCT ON (g.p1) g.p1 AS k1, 5 AS o1
FROM freshet_state.s1 AS g
ORDER BY g.p1;
-- touching
SELECT g.p1 AS k1
FROM freshet_state.s1 AS g;
-- restricted
SELECT DISTINCT ON (g.p1) g.p1 AS k1, 5 AS o1
FROM freshet_state.s1 AS g, touched AS __touched
WHERE g.p1 = __touched.k1
ORDER BY g.p1;

-- Stage 3 of 3: public.st
--   shape     linear
--   columns   five int4 not null
--   identity  key ()
--   reads     freshet_state.s2
-- query
SELECT p.o1 AS five
FROM freshet_state.s2 AS p;
