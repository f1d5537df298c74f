-- Sources
--   shop.items: order_id int4 not null, line int4 not null, product text not null, quantity int4; key (line, order_id)

-- Defining query
SELECT i.order_id, i.product FROM shop.items i;

-- Stage 1 of 1: public.st
--   shape     linear
--   columns   order_id int4 not null, product text not null
--   identity  bag
--   reads     shop.items
--   index     hash_record_extended(ROW(order_id, product), 0)
-- query
SELECT i.order_id, i.product
FROM shop.items AS i;
