-- Sources
--   shop.items: order_id int4 not null, line int4 not null, product text not null, quantity int4; key (line, order_id)

-- Defining query
SELECT i.order_id, i.product FROM shop.items i WHERE i.line = i.order_id;

-- Stage 1 of 1: public.st
--   shape     linear
--   columns   order_id int4 not null, product text not null
--   identity  key (order_id)
--   reads     shop.items
-- query
SELECT i.order_id, i.product
FROM shop.items AS i
WHERE i.line = i.order_id;
