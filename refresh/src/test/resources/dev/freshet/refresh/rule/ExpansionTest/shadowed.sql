-- Sources
--   shop.orders: id int4 not null, customer_id int4, amount int4 not null, price numeric(10,2), placed date not null; key (id)

-- Defining query
WITH rows_ AS (SELECT c.id FROM shop.customers c)
SELECT inner_.id
FROM (WITH rows_ AS (SELECT o.id FROM shop.orders o) SELECT r.id FROM rows_ r) inner_;

-- Stage 1 of 1: public.st
--   shape     linear
--   columns   id int4 not null
--   identity  key (id)
--   reads     shop.orders
-- query
SELECT inner_.id
FROM (
  SELECT r.id
  FROM (
    SELECT o.id
    FROM shop.orders AS o
  ) AS r (id)
) AS inner_;
