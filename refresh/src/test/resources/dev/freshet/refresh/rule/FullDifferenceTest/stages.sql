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

-- FULL of freshet_state.s1
WITH
  fresh (k1, p1, p2) AS MATERIALIZED (
    SELECT c.city AS k1, count(*) AS p1, sum(c.id) AS p2
    FROM shop.customers AS c
    GROUP BY c.city
  ),
  gone AS (
    DELETE FROM freshet_state.s1 AS t
    WHERE NOT EXISTS (
      SELECT
      FROM fresh AS f
      WHERE (hash_record_extended(ROW(f.k1), 0) = hash_record_extended(ROW(t.k1), 0))
        AND (f.k1 IS NOT DISTINCT FROM t.k1)
    )
  )
MERGE INTO freshet_state.s1 AS t
USING fresh AS d
ON (hash_record_extended(ROW(t.k1), 0) = hash_record_extended(ROW(d.k1), 0))
  AND (t.k1 IS NOT DISTINCT FROM d.k1)
WHEN MATCHED AND (NOT record_image_eq(ROW(t.k1, t.p1, t.p2), ROW(d.k1, d.p1, d.p2))) THEN
  UPDATE SET k1 = d.k1, p1 = d.p1, p2 = d.p2
WHEN NOT MATCHED THEN
  INSERT (k1, p1, p2)
  VALUES (d.k1, d.p1, d.p2);

-- FULL of public.st
WITH
  fresh (city, average) AS MATERIALIZED (
    SELECT
      g.k1 AS city,
      CASE WHEN (g.p1 = 0) THEN NULL ELSE (g.p2::numeric / g.p1::numeric) END AS average
    FROM freshet_state.s1 AS g
  ),
  gone AS (
    DELETE FROM public.st AS t
    WHERE NOT EXISTS (
      SELECT
      FROM fresh AS f
      WHERE (hash_record_extended(ROW(f.city), 0) = hash_record_extended(ROW(t.city), 0))
        AND (f.city IS NOT DISTINCT FROM t.city)
    )
  )
MERGE INTO public.st AS t
USING fresh AS d
ON (hash_record_extended(ROW(t.city), 0) = hash_record_extended(ROW(d.city), 0))
  AND (t.city IS NOT DISTINCT FROM d.city)
WHEN MATCHED AND (NOT record_image_eq(ROW(t.city, t.average), ROW(d.city, d.average))) THEN
  UPDATE SET city = d.city, average = d.average
WHEN NOT MATCHED THEN
  INSERT (city, average)
  VALUES (d.city, d.average);

-- Population of public.st
INSERT INTO public.st (city, average)
SELECT
  g.k1 AS city,
  CASE WHEN (g.p1 = 0) THEN NULL ELSE (g.p2::numeric / g.p1::numeric) END AS average
FROM freshet_state.s1 AS g;
