-- Sources
--   shop.visits: customer_id int4, page text not null, seconds float8

-- Defining query
SELECT v.page, v.seconds FROM shop.visits v;

-- Stage 1 of 1: public.st
--   shape     linear
--   columns   page text not null, seconds float8
--   identity  bag
--   reads     shop.visits
--   index     hash_record_extended(ROW(page, seconds), 0)
-- query
SELECT v.page, v.seconds
FROM shop.visits AS v;

-- FULL of public.st
WITH
  wanted (page, seconds) AS MATERIALIZED (
    SELECT v.page, v.seconds
    FROM shop.visits AS v
  ),
  fresh AS MATERIALIZED (
    SELECT
      w.page,
      w.seconds,
      row_number() OVER (PARTITION BY w.page, w.seconds, w.seconds::text COLLATE pg_catalog."C") AS __copy
    FROM wanted AS w
  ),
  have AS MATERIALIZED (
    SELECT
      t.page,
      t.seconds,
      row_number() OVER (PARTITION BY t.page, t.seconds, t.seconds::text COLLATE pg_catalog."C") AS __copy,
      t.ctid AS __place
    FROM public.st AS t
  ),
  gone AS (
    DELETE FROM public.st AS t
    WHERE t.ctid = ANY (
      ARRAY(
        SELECT h.__place
        FROM have AS h
        WHERE NOT EXISTS (
          SELECT
          FROM fresh AS f
          WHERE (hash_record_extended(ROW(f.page, f.seconds), 0) = hash_record_extended(ROW(h.page, h.seconds), 0))
            AND record_image_eq(ROW(f.page, f.seconds), ROW(h.page, h.seconds))
            AND (f.__copy = h.__copy)
        )
      )
    )
  )
INSERT INTO public.st (page, seconds)
SELECT f.page, f.seconds
FROM fresh AS f
WHERE NOT EXISTS (
  SELECT
  FROM have AS h
  WHERE (hash_record_extended(ROW(h.page, h.seconds), 0) = hash_record_extended(ROW(f.page, f.seconds), 0))
    AND record_image_eq(ROW(h.page, h.seconds), ROW(f.page, f.seconds))
    AND (h.__copy = f.__copy)
);
