-- Sources
--   shop.items: order_id int4 not null, line int4 not null, product text not null, quantity int4; key (line, order_id)

-- Defining query
SELECT i.order_id, i.line, rank() OVER w AS place
FROM shop.items i
WINDOW w AS (PARTITION BY i.order_id ORDER BY i.quantity);

-- Stage 1 of 1: public.st
--   shape     recomputed partitions by order_id int4 not null
--   columns   order_id int4 not null, line int4 not null, place int8
--   identity  key (order_id, line)
--   reads     shop.items
-- query
SELECT i.order_id, i.line, rank() OVER w AS place
FROM shop.items AS i
WINDOW w AS (PARTITION BY i.order_id ORDER BY i.quantity);
-- touching
SELECT i.order_id AS k1
FROM shop.items AS i;
-- restricted
SELECT i.order_id, i.line, rank() OVER w AS place
FROM shop.items AS i, touched AS __touched
WHERE i.order_id = __touched.k1
WINDOW w AS (PARTITION BY i.order_id ORDER BY i.quantity);
