-- Sources
--   shop.readings: sensor int4 not null, value numeric, temperature float4, cost money

-- Defining query
SELECT r.sensor, sum(r.value) AS total FROM shop.readings r GROUP BY r.sensor;

-- Stage 1 of 1: public.st
--   shape     recomputed groups by sensor int4 not null
--   columns   sensor int4 not null, total numeric
--   identity  key (sensor)
--   reads     shop.readings
-- query
SELECT r.sensor, sum(r.value) AS total
FROM shop.readings AS r
GROUP BY r.sensor;
