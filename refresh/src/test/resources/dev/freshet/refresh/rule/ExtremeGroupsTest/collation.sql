-- Sources
--   shop.brands: name text ci not null, country text ci; key (name)

-- Defining query
SELECT b.country, count(*) AS n, max(b.name) AS last FROM shop.brands b GROUP BY b.country;

-- Stage 1 of 1: public.st
--   shape     recomputed groups by country text ci
--   columns   country text ci, n int8, last text ci
--   identity  bag
--   reads     shop.brands
--   index     hash_record_extended(ROW(country), 0)
-- query
SELECT b.country, count(*) AS n, max(b.name) AS last
FROM shop.brands AS b
GROUP BY b.country;

-- Delta of public.st when shop.brands changed
WITH
  touched AS MATERIALIZED (
    SELECT DISTINCT raw.k1
    FROM (
      SELECT b.country AS k1, b.__weight AS __weight
      FROM (
        SELECT b.name, b.country, b.__weight
        FROM changes.brands AS b
      ) AS b
    ) AS raw (k1, __weight)
  ),
  fresh (country, n, last) AS MATERIALIZED (
    SELECT b.country, count(*) AS n, max(b.name) AS last
    FROM shop.brands AS b, touched AS __touched
    WHERE b.country = __touched.k1
    GROUP BY b.country
    UNION ALL
    SELECT b.country, count(*) AS n, max(b.name) AS last
    FROM shop.brands AS b, touched AS __touched
    WHERE (b.country IS NULL) AND (__touched.k1 IS NULL)
    GROUP BY b.country
  )
MERGE INTO public.st AS t
USING (
  SELECT f.*, true AS __live
  FROM fresh AS f
  UNION ALL
  SELECT t.country, t.n, t.last, false AS __live
  FROM public.st AS t, touched AS x
  WHERE (hash_record_extended(ROW(t.country), 0) = hash_record_extended(ROW(x.k1), 0))
    AND (t.country IS NOT DISTINCT FROM x.k1)
    AND (
    NOT EXISTS (
      SELECT
      FROM fresh AS f
      WHERE (hash_record_extended(ROW(f.country), 0) = hash_record_extended(ROW(t.country), 0))
        AND (f.country IS NOT DISTINCT FROM t.country)
    )
  )
) AS d
ON (hash_record_extended(ROW(t.country), 0) = hash_record_extended(ROW(d.country), 0))
  AND (t.country IS NOT DISTINCT FROM d.country)
WHEN MATCHED AND (NOT d.__live) THEN
  DELETE
WHEN MATCHED AND (NOT record_image_eq(ROW(t.country, t.n, t.last), ROW(d.country, d.n, d.last))) THEN
  UPDATE SET country = d.country, n = d.n, last = d.last
WHEN NOT MATCHED AND d.__live THEN
  INSERT (country, n, last)
  VALUES (d.country, d.n, d.last);
