-- Sources
--   shop.labels: label public.citext, owner int4, note text

-- Defining query
SELECT l.label, string_agg(l.note, ','::text) AS notes FROM shop.labels l GROUP BY l.label;

-- Stage 1 of 1: public.st
--   shape     recomputed groups by label public.citext
--   columns   label public.citext, notes text
--   identity  bag
--   reads     shop.labels
-- query
SELECT l.label, string_agg(l.note, ','::text) AS notes
FROM shop.labels AS l
GROUP BY l.label;

-- Delta of public.st when shop.labels changed
WITH
  touched AS MATERIALIZED (
    SELECT DISTINCT raw.k1
    FROM (
      SELECT l.label AS k1, l.__weight AS __weight
      FROM (
        SELECT b.label, b.note, b.__weight
        FROM changes.labels AS b
      ) AS l
    ) AS raw (k1, __weight)
  ),
  fresh (label, notes) AS MATERIALIZED (
    SELECT l.label, string_agg(l.note, ','::text) AS notes
    FROM shop.labels AS l, touched AS __touched
    WHERE record_eq(ROW(l.label), ROW(__touched.k1))
    GROUP BY l.label
  )
MERGE INTO public.st AS t
USING (
  SELECT f.*, true AS __live
  FROM fresh AS f
  UNION ALL
  SELECT t.label, t.notes, false AS __live
  FROM public.st AS t, touched AS x
  WHERE record_eq(ROW(t.label), ROW(x.k1))
    AND (
    NOT EXISTS (
      SELECT
      FROM fresh AS f
      WHERE record_eq(ROW(f.label), ROW(t.label))
    )
  )
) AS d
ON record_eq(ROW(t.label), ROW(d.label))
WHEN MATCHED AND (NOT d.__live) THEN
  DELETE
WHEN MATCHED AND (NOT record_image_eq(ROW(t.label, t.notes), ROW(d.label, d.notes))) THEN
  UPDATE SET label = d.label, notes = d.notes
WHEN NOT MATCHED AND d.__live THEN
  INSERT (label, notes)
  VALUES (d.label, d.notes);
