-- Sources
--   shop.documents: id int4 not null, body json, place point, home shop.address; key (id)

-- Defining query
SELECT d.home, d.id, row_number() OVER (PARTITION BY d.home ORDER BY d.id) AS place FROM shop.documents d;

-- Stage 1 of 1: public.st
--   shape     one recomputed partition
--   columns   home shop.address, id int4 not null, place int8
--   identity  key (id)
--   reads     shop.documents
-- query
SELECT d.home, d.id, row_number() OVER (PARTITION BY d.home ORDER BY d.id) AS place
FROM shop.documents AS d;
-- touching
SELECT true AS "any"
FROM shop.documents AS d;
-- restricted
SELECT whole.*
FROM (
  SELECT d.home, d.id, row_number() OVER (PARTITION BY d.home ORDER BY d.id) AS place
  FROM shop.documents AS d
) AS whole
WHERE EXISTS (
  SELECT
  FROM touched
);
