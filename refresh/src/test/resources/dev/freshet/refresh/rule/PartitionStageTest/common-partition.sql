-- Sources
--   shop.items: order_id int4 not null, line int4 not null, product text not null, quantity int4; key (line, order_id)

-- Defining query
SELECT i.order_id, i.line,
  row_number() OVER (PARTITION BY i.order_id ORDER BY i.line) AS place,
  count(*) OVER (PARTITION BY i.order_id, i.product) AS same
FROM shop.items i;

-- Stage 1 of 1: public.st
--   shape     recomputed partitions by order_id int4 not null
--   columns   order_id int4 not null, line int4 not null, place int8, same int8
--   identity  key (order_id, line)
--   reads     shop.items
-- query
SELECT
  i.order_id,
  i.line,
  row_number() OVER (PARTITION BY i.order_id ORDER BY i.line) AS place,
  count(*) OVER (PARTITION BY i.order_id, i.product) AS same
FROM shop.items AS i;
-- touching
SELECT i.order_id AS k1
FROM shop.items AS i;
-- restricted
SELECT
  i.order_id,
  i.line,
  row_number() OVER (PARTITION BY i.order_id ORDER BY i.line) AS place,
  count(*) OVER (PARTITION BY i.order_id, i.product) AS same
FROM shop.items AS i, touched AS __touched
WHERE i.order_id = __touched.k1;
