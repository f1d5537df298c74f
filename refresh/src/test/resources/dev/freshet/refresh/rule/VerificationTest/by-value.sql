-- Sources
--   shop.readings: sensor int4 not null, value numeric, temperature float4, cost money

-- Defining query
SELECT r.sensor, min(r.value) AS least, max(r.temperature) AS warmest, count(*) AS n
FROM shop.readings r GROUP BY r.sensor;

-- Stage 1 of 1: public.st
--   shape     running groups by sensor int4 not null: n = rows, least = min of x1 numeric, warmest = max of x2 float4
--   columns   sensor int4 not null, least numeric, warmest float4, n int8 not null
--   identity  key (sensor)
--   reads     shop.readings
-- query
SELECT r.sensor, min(r.value) AS "least", max(r.temperature) AS warmest, count(*) AS n
FROM shop.readings AS r
GROUP BY r.sensor;
-- input
SELECT r.sensor AS k1, r.value AS x1, r.temperature AS x2
FROM shop.readings AS r;

-- Verification where one of equal values is shown
WITH
  wanted (sensor, "least", warmest, n) AS MATERIALIZED (
    SELECT r.sensor, min(r.value) AS "least", max(r.temperature) AS warmest, count(*) AS n
    FROM shop.readings AS r
    GROUP BY r.sensor
  )
SELECT
  (
    SELECT count(*)
    FROM (
      SELECT
        ROW(w.sensor, to_char(w.warmest::double precision + 0, '9.99999999EEEE'), w.n)::text AS image,
        w."least"
      FROM wanted AS w
      EXCEPT ALL
      SELECT
        ROW(w.sensor, to_char(w.warmest::double precision + 0, '9.99999999EEEE'), w.n)::text AS image,
        w."least"
      FROM public.st AS w
    ) AS rest
  ) AS missing,
  (
    SELECT count(*)
    FROM (
      SELECT
        ROW(w.sensor, to_char(w.warmest::double precision + 0, '9.99999999EEEE'), w.n)::text AS image,
        w."least"
      FROM public.st AS w
      EXCEPT ALL
      SELECT
        ROW(w.sensor, to_char(w.warmest::double precision + 0, '9.99999999EEEE'), w.n)::text AS image,
        w."least"
      FROM wanted AS w
    ) AS rest
  ) AS unexpected;
