-- Sources
--   shop.visits: customer_id int4, page text not null, seconds float8

-- Defining query
SELECT v.page AS __copy, v.seconds AS __place FROM shop.visits v;

-- Stage 1 of 1: public.st
--   shape     linear
--   columns   __copy text not null, __place float8
--   identity  bag
--   reads     shop.visits
--   index     hash_record_extended(ROW(__copy, __place), 0)
-- query
SELECT v.page AS __copy, v.seconds AS __place
FROM shop.visits AS v;

-- FULL of public.st
WITH
  wanted (__copy, __place) AS MATERIALIZED (
    SELECT v.page AS __copy, v.seconds AS __place
    FROM shop.visits AS v
  ),
  fresh AS MATERIALIZED (
    SELECT
      w.__copy,
      w.__place,
      row_number() OVER (PARTITION BY w.__copy, w.__place, w.__place::text COLLATE pg_catalog."C") AS __copy_
    FROM wanted AS w
  ),
  have AS MATERIALIZED (
    SELECT
      t.__copy,
      t.__place,
      row_number() OVER (PARTITION BY t.__copy, t.__place, t.__place::text COLLATE pg_catalog."C") AS __copy_,
      t.ctid AS __place_
    FROM public.st AS t
  ),
  gone AS (
    DELETE FROM public.st AS t
    WHERE t.ctid = ANY (
      ARRAY(
        SELECT h.__place_
        FROM have AS h
        WHERE NOT EXISTS (
          SELECT
          FROM fresh AS f
          WHERE (hash_record_extended(ROW(f.__copy, f.__place), 0) = hash_record_extended(ROW(h.__copy, h.__place), 0))
            AND record_image_eq(ROW(f.__copy, f.__place), ROW(h.__copy, h.__place))
            AND (f.__copy_ = h.__copy_)
        )
      )
    )
  )
INSERT INTO public.st (__copy, __place)
SELECT f.__copy, f.__place
FROM fresh AS f
WHERE NOT EXISTS (
  SELECT
  FROM have AS h
  WHERE (hash_record_extended(ROW(h.__copy, h.__place), 0) = hash_record_extended(ROW(f.__copy, f.__place), 0))
    AND record_image_eq(ROW(h.__copy, h.__place), ROW(f.__copy, f.__place))
    AND (h.__copy_ = f.__copy_)
);
