-- Sources
--   shop.customers: id int4 not null, city text, name text not null; key (id)

-- Defining query
SELECT c.city, avg(c.id) AS average FROM shop.customers c GROUP BY c.city;

-- Stage 1 of 2: freshet_state.s1
--   shape     running groups by k1 text: p1 = rows, p2 = sum of x1 int4
--   columns   k1 text, p1 int8 not null, p2 int8
--   identity  key (k1)
--   reads     shop.customers
--   index     hash_record_extended(ROW(k1), 0)
-- query
SELECT c.city AS k1, count(*) AS p1, sum(c.id) AS p2
FROM shop.customers AS c
GROUP BY c.city;
-- input
SELECT c.city AS k1, c.id AS x1
FROM shop.customers AS c;

-- Stage 2 of 2: public.st
--   shape     linear
--   columns   city text, average numeric
--   identity  key (city)
--   reads     freshet_state.s1
--   index     hash_record_extended(ROW(city), 0)
-- query
SELECT
  g.k1 AS city,
  CASE WHEN (g.p1 = 0) THEN NULL ELSE (g.p2::numeric / g.p1::numeric) END AS average
FROM freshet_state.s1 AS g;

-- Verification
WITH
  wanted (city, average) AS MATERIALIZED (
    SELECT c.city, avg(c.id) AS average
    FROM shop.customers AS c
    GROUP BY c.city
  )
SELECT
  (
    SELECT count(*)
    FROM (
      SELECT ROW(w.city, w.average)::text AS image
      FROM wanted AS w
      EXCEPT ALL
      SELECT ROW(w.city, w.average)::text AS image
      FROM public.st AS w
    ) AS rest
  ) AS missing,
  (
    SELECT count(*)
    FROM (
      SELECT ROW(w.city, w.average)::text AS image
      FROM public.st AS w
      EXCEPT ALL
      SELECT ROW(w.city, w.average)::text AS image
      FROM wanted AS w
    ) AS rest
  ) AS unexpected;
