-- Sources
--   shop.orders: id int4 not null, customer_id int4, amount int4 not null, price numeric(10,2), placed date not null; key (id)

-- Defining query
SELECT sum(s.amount) AS total, count(*) AS n FROM (SELECT o.id, o.amount FROM shop.orders o ORDER BY o.amount) s;

-- Stage 1 of 1: public.st
--   shape     running groups (one, always there): n = rows, total = sum of x1 int4 counted by n
--   columns   total int8, n int8 not null
--   identity  key ()
--   reads     shop.orders
-- query
SELECT sum(s.amount) AS total, count(*) AS n
FROM (
  SELECT o.id, o.amount
  FROM shop.orders AS o
) AS s;
-- input
SELECT s.amount AS x1
FROM (
  SELECT o.id, o.amount
  FROM shop.orders AS o
) AS s;
