-- Sources
--   shop.customers: id int4 not null, city text, name text not null; key (id)

-- Defining query
SELECT c.city, string_agg(c.name, ', '::text ORDER BY c.name) AS names FROM shop.customers c GROUP BY c.city;

-- Stage 1 of 1: public.st
--   shape     recomputed groups by city text
--   columns   city text, names text
--   identity  key (city)
--   reads     shop.customers
--   index     hash_record_extended(ROW(city), 0)
-- query
SELECT c.city, string_agg(c.name, ', '::text ORDER BY c.name) AS names
FROM shop.customers AS c
GROUP BY c.city;

-- Delta of public.st when shop.customers changed
WITH
  touched AS MATERIALIZED (
    SELECT DISTINCT raw.k1
    FROM (
      SELECT c.city AS k1, c.__weight AS __weight
      FROM (
        SELECT b.city, b.name, b.__weight
        FROM changes.customers AS b
      ) AS c
    ) AS raw (k1, __weight)
  ),
  fresh (city, names) AS MATERIALIZED (
    SELECT c.city, string_agg(c.name, ', '::text ORDER BY c.name) AS names
    FROM shop.customers AS c, touched AS __touched
    WHERE c.city = __touched.k1
    GROUP BY c.city
    UNION ALL
    SELECT c.city, string_agg(c.name, ', '::text ORDER BY c.name) AS names
    FROM shop.customers AS c, touched AS __touched
    WHERE (c.city IS NULL) AND (__touched.k1 IS NULL)
    GROUP BY c.city
  )
MERGE INTO public.st AS t
USING (
  SELECT f.*, true AS __live
  FROM fresh AS f
  UNION ALL
  SELECT t.city, t.names, false AS __live
  FROM public.st AS t, touched AS x
  WHERE (hash_record_extended(ROW(t.city), 0) = hash_record_extended(ROW(x.k1), 0))
    AND (t.city IS NOT DISTINCT FROM x.k1)
    AND (
    NOT EXISTS (
      SELECT
      FROM fresh AS f
      WHERE (hash_record_extended(ROW(f.city), 0) = hash_record_extended(ROW(t.city), 0))
        AND (f.city IS NOT DISTINCT FROM t.city)
    )
  )
) AS d
ON (hash_record_extended(ROW(t.city), 0) = hash_record_extended(ROW(d.city), 0))
  AND (t.city IS NOT DISTINCT FROM d.city)
WHEN MATCHED AND (NOT d.__live) THEN
  DELETE
WHEN MATCHED AND (NOT record_image_eq(ROW(t.city, t.names), ROW(d.city, d.names))) THEN
  UPDATE SET city = d.city, names = d.names
WHEN NOT MATCHED AND d.__live THEN
  INSERT (city, names)
  VALUES (d.city, d.names);
