-- Sources
--   shop.visits: customer_id int4, page text not null, seconds float8

-- Defining query
SELECT sum(v.seconds) AS seconds FROM shop.visits v;

-- Stage 1 of 1: public.st
--   shape     recomputed groups by 
--   columns   seconds float8
--   identity  key ()
--   reads     shop.visits
-- query
SELECT sum(v.seconds) AS seconds
FROM shop.visits AS v;

-- Delta of public.st when shop.visits changed
WITH
  touched AS MATERIALIZED (
    SELECT true AS "any"
    FROM (
      SELECT v.__weight AS __weight
      FROM (
        SELECT b.seconds, b.__weight
        FROM changes.visits AS b
      ) AS v
    ) AS raw (__weight)
    LIMIT 1
  ),
  fresh (seconds) AS MATERIALIZED (
    SELECT whole.*
    FROM (
      SELECT sum(v.seconds) AS seconds
      FROM shop.visits AS v
    ) AS whole
    WHERE EXISTS (
      SELECT
      FROM touched
    )
  )
MERGE INTO public.st AS t
USING (
  SELECT f.*, true AS __live
  FROM fresh AS f
  UNION ALL
  SELECT t.seconds, false AS __live
  FROM public.st AS t, touched AS x
  WHERE NOT EXISTS (
    SELECT
    FROM fresh AS f
  )
) AS d
ON true
WHEN MATCHED AND (NOT d.__live) THEN
  DELETE
WHEN MATCHED AND (NOT record_image_eq(ROW(t.seconds), ROW(d.seconds))) THEN
  UPDATE SET seconds = d.seconds
WHEN NOT MATCHED AND d.__live THEN
  INSERT (seconds)
  VALUES (d.seconds);
