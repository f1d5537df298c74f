-- Sources
--   shop.orders: id int4 not null, customer_id int4, amount int4 not null, price numeric(10,2), placed date not null; key (id)

-- Defining query
SELECT o.id, o.amount FROM shop.orders o ORDER BY o.amount DESC OFFSET 5;

-- Stage 1 of 1: public.st
--   shape     one recomputed partition
--   columns   id int4 not null, amount int4 not null
--   identity  key (id)
--   reads     shop.orders
-- query
SELECT o.id, o.amount
FROM shop.orders AS o
ORDER BY o.amount DESC
OFFSET 5;
-- touching
SELECT true AS "any"
FROM shop.orders AS o;
-- restricted
SELECT whole.*
FROM (
  SELECT o.id, o.amount
  FROM shop.orders AS o
  ORDER BY o.amount DESC
  OFFSET 5
) AS whole
WHERE EXISTS (
  SELECT
  FROM touched
);
