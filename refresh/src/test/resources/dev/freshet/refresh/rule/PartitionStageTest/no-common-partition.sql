-- Sources
--   shop.items: order_id int4 not null, line int4 not null, product text not null, quantity int4; key (line, order_id)

-- Defining query
SELECT i.order_id, i.line,
  count(*) OVER (PARTITION BY i.order_id) AS lines,
  count(*) OVER (PARTITION BY i.product) AS same
FROM shop.items i;

-- Stage 1 of 1: public.st
--   shape     one recomputed partition
--   columns   order_id int4 not null, line int4 not null, lines int8, same int8
--   identity  key (order_id, line)
--   reads     shop.items
-- query
SELECT
  i.order_id,
  i.line,
  count(*) OVER (PARTITION BY i.order_id) AS lines,
  count(*) OVER (PARTITION BY i.product) AS same
FROM shop.items AS i;
-- touching
SELECT true AS "any"
FROM shop.items AS i;
-- restricted
SELECT whole.*
FROM (
  SELECT
    i.order_id,
    i.line,
    count(*) OVER (PARTITION BY i.order_id) AS lines,
    count(*) OVER (PARTITION BY i.product) AS same
  FROM shop.items AS i
) AS whole
WHERE EXISTS (
  SELECT
  FROM touched
);
