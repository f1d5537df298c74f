-- Sources
--   shop.visits: customer_id int4, page text not null, seconds float8

-- Defining query
SELECT v.page, sum(v.seconds) AS seconds FROM shop.visits v GROUP BY v.page;

-- Stage 1 of 1: public.st
--   shape     recomputed groups by page text not null
--   columns   page text not null, seconds float8
--   identity  key (page)
--   reads     shop.visits
-- query
SELECT v.page, sum(v.seconds) AS seconds
FROM shop.visits AS v
GROUP BY v.page;

-- Delta of public.st when shop.visits changed
WITH
  touched AS MATERIALIZED (
    SELECT DISTINCT raw.k1
    FROM (
      SELECT v.page AS k1, v.__weight AS __weight
      FROM (
        SELECT b.page, b.seconds, b.__weight
        FROM changes.visits AS b
      ) AS v
    ) AS raw (k1, __weight)
  ),
  fresh (page, seconds) AS MATERIALIZED (
    SELECT v.page, sum(v.seconds) AS seconds
    FROM shop.visits AS v, touched AS __touched
    WHERE v.page = __touched.k1
    GROUP BY v.page
  )
MERGE INTO public.st AS t
USING (
  SELECT f.*, true AS __live
  FROM fresh AS f
  UNION ALL
  SELECT t.page, t.seconds, false AS __live
  FROM public.st AS t, touched AS x
  WHERE (t.page = x.k1)
    AND (
    NOT EXISTS (
      SELECT
      FROM fresh AS f
      WHERE f.page = t.page
    )
  )
) AS d
ON t.page = d.page
WHEN MATCHED AND (NOT d.__live) THEN
  DELETE
WHEN MATCHED AND (NOT record_image_eq(ROW(t.page, t.seconds), ROW(d.page, d.seconds))) THEN
  UPDATE SET page = d.page, seconds = d.seconds
WHEN NOT MATCHED AND d.__live THEN
  INSERT (page, seconds)
  VALUES (d.page, d.seconds);
