-- Sources
--   shop.documents: id int4 not null, body json, place point, home shop.address; key (id)

-- Defining query
SELECT d.body, d.place FROM shop.documents d;

-- Stage 1 of 1: public.st
--   shape     linear
--   columns   body json, place point
--   identity  bag
--   reads     shop.documents
--   index     hash_record_extended(ROW(body::text, place::text), 0)
-- query
SELECT d.body, d.place
FROM shop.documents AS d;

-- FULL of public.st
WITH
  wanted (body, place) AS MATERIALIZED (
    SELECT d.body, d.place
    FROM shop.documents AS d
  ),
  fresh AS MATERIALIZED (
    SELECT
      w.body,
      w.place,
      row_number() OVER (PARTITION BY w.body::text COLLATE pg_catalog."C", w.place::text COLLATE pg_catalog."C") AS __copy
    FROM wanted AS w
  ),
  have AS MATERIALIZED (
    SELECT
      t.body,
      t.place,
      row_number() OVER (PARTITION BY t.body::text COLLATE pg_catalog."C", t.place::text COLLATE pg_catalog."C") AS __copy,
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
          WHERE (hash_record_extended(ROW(f.body::text, f.place::text), 0) = hash_record_extended(ROW(h.body::text, h.place::text), 0))
            AND record_image_eq(ROW(f.body, f.place), ROW(h.body, h.place))
            AND (f.__copy = h.__copy)
        )
      )
    )
  )
INSERT INTO public.st (body, place)
SELECT f.body, f.place
FROM fresh AS f
WHERE NOT EXISTS (
  SELECT
  FROM have AS h
  WHERE (hash_record_extended(ROW(h.body::text, h.place::text), 0) = hash_record_extended(ROW(f.body::text, f.place::text), 0))
    AND record_image_eq(ROW(h.body, h.place), ROW(f.body, f.place))
    AND (h.__copy = f.__copy)
);
