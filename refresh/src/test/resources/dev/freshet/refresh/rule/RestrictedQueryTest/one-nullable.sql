-- Sources
--   shop.visits: customer_id int4, page text not null, seconds float8

-- Defining query
SELECT v.customer_id, v.page, sum(v.seconds) AS seconds FROM shop.visits v GROUP BY v.customer_id, v.page;

-- Stage 1 of 1: public.st
--   shape     recomputed groups by customer_id int4, page text not null
--   columns   customer_id int4, page text not null, seconds float8
--   identity  key (customer_id, page)
--   reads     shop.visits
--   index     hash_record_extended(ROW(customer_id, page), 0)
-- query
SELECT v.customer_id, v.page, sum(v.seconds) AS seconds
FROM shop.visits AS v
GROUP BY v.customer_id, v.page;

-- Delta of public.st when shop.visits changed
WITH
  touched AS MATERIALIZED (
    SELECT DISTINCT raw.k1, raw.k2
    FROM (
      SELECT v.customer_id AS k1, v.page AS k2, v.__weight AS __weight
      FROM (
        SELECT b.customer_id, b.page, b.seconds, b.__weight
        FROM changes.visits AS b
      ) AS v
    ) AS raw (k1, k2, __weight)
  ),
  fresh (customer_id, page, seconds) AS MATERIALIZED (
    SELECT v.customer_id, v.page, sum(v.seconds) AS seconds
    FROM shop.visits AS v, touched AS __touched
    WHERE (v.customer_id = __touched.k1) AND (v.page = __touched.k2)
    GROUP BY v.customer_id, v.page
    UNION ALL
    SELECT v.customer_id, v.page, sum(v.seconds) AS seconds
    FROM shop.visits AS v, touched AS __touched
    WHERE (v.customer_id IS NULL) AND (__touched.k1 IS NULL) AND (v.page = __touched.k2)
    GROUP BY v.customer_id, v.page
  )
MERGE INTO public.st AS t
USING (
  SELECT f.*, true AS __live
  FROM fresh AS f
  UNION ALL
  SELECT t.customer_id, t.page, t.seconds, false AS __live
  FROM public.st AS t, touched AS x
  WHERE (hash_record_extended(ROW(t.customer_id, t.page), 0) = hash_record_extended(ROW(x.k1, x.k2), 0))
    AND (t.customer_id IS NOT DISTINCT FROM x.k1)
    AND (t.page IS NOT DISTINCT FROM x.k2)
    AND (
    NOT EXISTS (
      SELECT
      FROM fresh AS f
      WHERE (hash_record_extended(ROW(f.customer_id, f.page), 0) = hash_record_extended(ROW(t.customer_id, t.page), 0))
        AND (f.customer_id IS NOT DISTINCT FROM t.customer_id)
        AND (f.page IS NOT DISTINCT FROM t.page)
    )
  )
) AS d
ON (hash_record_extended(ROW(t.customer_id, t.page), 0) = hash_record_extended(ROW(d.customer_id, d.page), 0))
  AND (t.customer_id IS NOT DISTINCT FROM d.customer_id)
  AND (t.page IS NOT DISTINCT FROM d.page)
WHEN MATCHED AND (NOT d.__live) THEN
  DELETE
WHEN MATCHED AND (NOT record_image_eq(ROW(t.customer_id, t.page, t.seconds), ROW(d.customer_id, d.page, d.seconds))) THEN
  UPDATE SET customer_id = d.customer_id, page = d.page, seconds = d.seconds
WHEN NOT MATCHED AND d.__live THEN
  INSERT (customer_id, page, seconds)
  VALUES (d.customer_id, d.page, d.seconds);
