-- Sources
--   shop.readings: sensor int4 not null, value numeric, temperature float4, cost money

-- Defining query
SELECT r.value, count(*) AS n FROM shop.readings r GROUP BY r.value;

-- Stage 1 of 1: public.st
--   shape     recomputed groups by value numeric
--   columns   value numeric, n int8
--   identity  bag
--   reads     shop.readings
--   index     hash_record_extended(ROW(value), 0)
-- query
SELECT r.value, count(*) AS n
FROM shop.readings AS r
GROUP BY r.value;
