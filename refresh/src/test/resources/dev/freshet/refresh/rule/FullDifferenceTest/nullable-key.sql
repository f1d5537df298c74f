-- Sources
--   shop.customers: id int4 not null, city text, name text not null; key (id)

-- Defining query
SELECT c.city, count(*) AS n FROM shop.customers c GROUP BY c.city;

-- Stage 1 of 1: public.st
--   shape     running groups by city text: n = rows
--   columns   city text, n int8 not null
--   identity  key (city)
--   reads     shop.customers
--   index     hash_record_extended(ROW(city), 0)
-- query
SELECT c.city, count(*) AS n
FROM shop.customers AS c
GROUP BY c.city;
-- input
SELECT c.city AS k1
FROM shop.customers AS c;

-- FULL of public.st
WITH
  fresh (city, n) AS MATERIALIZED (
    SELECT c.city, count(*) AS n
    FROM shop.customers AS c
    GROUP BY c.city
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
WHEN MATCHED AND (NOT record_image_eq(ROW(t.city, t.n), ROW(d.city, d.n))) THEN
  UPDATE SET city = d.city, n = d.n
WHEN NOT MATCHED THEN
  INSERT (city, n)
  VALUES (d.city, d.n);
