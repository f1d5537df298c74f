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

-- Verification where floats come out of aggregates
WITH
  wanted (page, seconds) AS MATERIALIZED (
    SELECT v.page, sum(v.seconds) AS seconds
    FROM shop.visits AS v
    GROUP BY v.page
  )
SELECT
  (
    SELECT count(*)
    FROM (
      SELECT ROW(w.page, to_char(w.seconds::double precision + 0, '9.99999999EEEE'))::text AS image
      FROM wanted AS w
      EXCEPT ALL
      SELECT ROW(w.page, to_char(w.seconds::double precision + 0, '9.99999999EEEE'))::text AS image
      FROM public.st AS w
    ) AS rest
  ) AS missing,
  (
    SELECT count(*)
    FROM (
      SELECT ROW(w.page, to_char(w.seconds::double precision + 0, '9.99999999EEEE'))::text AS image
      FROM public.st AS w
      EXCEPT ALL
      SELECT ROW(w.page, to_char(w.seconds::double precision + 0, '9.99999999EEEE'))::text AS image
      FROM wanted AS w
    ) AS rest
  ) AS unexpected;
