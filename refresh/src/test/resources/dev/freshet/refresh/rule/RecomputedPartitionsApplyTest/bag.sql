-- Sources
--   shop.visits: customer_id int4, page text not null, seconds float8

-- Defining query
SELECT v.page, v.seconds, rank() OVER (PARTITION BY v.page ORDER BY v.seconds) AS place FROM shop.visits v;

-- Stage 1 of 1: public.st
--   shape     recomputed partitions by page text not null
--   columns   page text not null, seconds float8, place int8
--   identity  bag
--   reads     shop.visits
--   index     hash_record_extended(ROW(page, seconds, place), 0)
-- query
SELECT v.page, v.seconds, rank() OVER (PARTITION BY v.page ORDER BY v.seconds) AS place
FROM shop.visits AS v;
-- touching
SELECT v.page AS k1
FROM shop.visits AS v;
-- restricted
SELECT v.page, v.seconds, rank() OVER (PARTITION BY v.page ORDER BY v.seconds) AS place
FROM shop.visits AS v, touched AS __touched
WHERE v.page = __touched.k1;

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
  wanted (page, seconds, place) AS MATERIALIZED (
    SELECT v.page, v.seconds, rank() OVER (PARTITION BY v.page ORDER BY v.seconds) AS place
    FROM shop.visits AS v, touched AS __touched
    WHERE v.page = __touched.k1
  ),
  fresh AS MATERIALIZED (
    SELECT
      w.page,
      w.seconds,
      w.place,
      row_number() OVER (PARTITION BY w.page, w.seconds, w.seconds::text COLLATE pg_catalog."C", w.place) AS __copy
    FROM wanted AS w
  ),
  have AS MATERIALIZED (
    SELECT
      t.page,
      t.seconds,
      t.place,
      row_number() OVER (PARTITION BY t.page, t.seconds, t.seconds::text COLLATE pg_catalog."C", t.place) AS __copy,
      t.ctid AS __place
    FROM public.st AS t
    WHERE EXISTS (
      SELECT
      FROM touched AS x
      WHERE t.page = x.k1
    )
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
          WHERE (hash_record_extended(ROW(f.page, f.seconds, f.place), 0) = hash_record_extended(ROW(h.page, h.seconds, h.place), 0))
            AND record_image_eq(ROW(f.page, f.seconds, f.place), ROW(h.page, h.seconds, h.place))
            AND (f.__copy = h.__copy)
        )
      )
    )
  )
INSERT INTO public.st (page, seconds, place)
SELECT f.page, f.seconds, f.place
FROM fresh AS f
WHERE NOT EXISTS (
  SELECT
  FROM have AS h
  WHERE (hash_record_extended(ROW(h.page, h.seconds, h.place), 0) = hash_record_extended(ROW(f.page, f.seconds, f.place), 0))
    AND record_image_eq(ROW(h.page, h.seconds, h.place), ROW(f.page, f.seconds, f.place))
    AND (h.__copy = f.__copy)
);
