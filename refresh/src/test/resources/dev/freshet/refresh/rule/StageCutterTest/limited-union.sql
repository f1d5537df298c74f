-- Sources
--   shop.visits: customer_id int4, page text not null, seconds float8
--   shop.returns: customer_id int4, page text not null, seconds float8

-- Defining query
SELECT v.page FROM shop.visits v UNION ALL SELECT r.page FROM shop.returns r ORDER BY 1 LIMIT 3;

-- Stage 1 of 1: public.st
--   shape     one recomputed partition
--   columns   page text
--   identity  bag
--   reads     shop.returns, shop.visits
--   index     hash_record_extended(ROW(page), 0)
-- query
SELECT limited.c1 AS page
FROM (
  SELECT v.page
  FROM shop.visits AS v
  UNION ALL
  SELECT r.page
  FROM shop.returns AS r
) AS limited (c1)
ORDER BY limited.c1
LIMIT 3;
-- touching
SELECT true AS "any"
FROM (
  SELECT v.page
  FROM shop.visits AS v
  UNION ALL
  SELECT r.page
  FROM shop.returns AS r
) AS limited (c1);
-- restricted
SELECT whole.*
FROM (
  SELECT limited.c1 AS page
  FROM (
    SELECT v.page
    FROM shop.visits AS v
    UNION ALL
    SELECT r.page
    FROM shop.returns AS r
  ) AS limited (c1)
  ORDER BY limited.c1
  LIMIT 3
) AS whole
WHERE EXISTS (
  SELECT
  FROM touched
);
