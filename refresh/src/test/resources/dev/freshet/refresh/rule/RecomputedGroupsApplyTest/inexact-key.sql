-- Sources
--   shop.tariffs: rate numeric not null, name text not null; key (rate)

-- Defining query
SELECT t.rate, count(*) AS n FROM shop.tariffs t GROUP BY t.rate;

-- Stage 1 of 1: public.st
--   shape     recomputed groups by rate numeric not null
--   columns   rate numeric not null, n int8
--   identity  bag
--   reads     shop.tariffs
--   index     hash_record_extended(ROW(rate), 0)
-- query
SELECT t.rate, count(*) AS n
FROM shop.tariffs AS t
GROUP BY t.rate;

-- Delta of public.st when shop.tariffs changed
WITH
  touched AS MATERIALIZED (
    SELECT DISTINCT raw.k1
    FROM (
      SELECT t.rate AS k1, t.__weight AS __weight
      FROM (
        SELECT b.rate, b.__weight
        FROM changes.tariffs AS b
      ) AS t
    ) AS raw (k1, __weight)
  ),
  fresh (rate, n) AS MATERIALIZED (
    SELECT t.rate, count(*) AS n
    FROM shop.tariffs AS t, touched AS __touched
    WHERE t.rate = __touched.k1
    GROUP BY t.rate
  )
MERGE INTO public.st AS t
USING (
  SELECT f.*, true AS __live
  FROM fresh AS f
  UNION ALL
  SELECT t.rate, t.n, false AS __live
  FROM public.st AS t, touched AS x
  WHERE (t.rate = x.k1)
    AND (
    NOT EXISTS (
      SELECT
      FROM fresh AS f
      WHERE f.rate = t.rate
    )
  )
) AS d
ON t.rate = d.rate
WHEN MATCHED AND (NOT d.__live) THEN
  DELETE
WHEN MATCHED AND (NOT record_image_eq(ROW(t.rate, t.n), ROW(d.rate, d.n))) THEN
  UPDATE SET rate = d.rate, n = d.n
WHEN NOT MATCHED AND d.__live THEN
  INSERT (rate, n)
  VALUES (d.rate, d.n);
