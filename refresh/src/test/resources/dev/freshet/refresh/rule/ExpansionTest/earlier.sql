-- Sources
--   shop.orders: id int4 not null, customer_id int4, amount int4 not null, price numeric(10,2), placed date not null; key (id)

-- Defining query
WITH large(number, amount) AS (SELECT o.id, o.amount FROM shop.orders o WHERE o.amount > 10),
  larger AS (SELECT l.number FROM large l WHERE l.amount > 100)
SELECT larger.number FROM larger;

-- Stage 1 of 1: public.st
--   shape     linear
--   columns   number int4 not null
--   identity  key (number)
--   reads     shop.orders
-- query
SELECT larger.number
FROM (
  SELECT l.number
  FROM (
    SELECT o.id, o.amount
    FROM shop.orders AS o
    WHERE o.amount > 10
  ) AS l (number, amount)
  WHERE l.amount > 100
) AS larger (number);
