-- Sources
--   shop.visits: customer_id int4, page text not null, seconds float8

-- Defining query
SELECT v.page, count(*) AS n, sum(v.seconds) AS seconds FROM shop.visits v GROUP BY v.page;

-- Stage 1 of 1: public.st
--   shape     recomputed groups by page text not null
--   columns   page text not null, n int8, seconds float8
--   identity  key (page)
--   reads     shop.visits
-- query
SELECT v.page, count(*) AS n, sum(v.seconds) AS seconds
FROM shop.visits AS v
GROUP BY v.page;
