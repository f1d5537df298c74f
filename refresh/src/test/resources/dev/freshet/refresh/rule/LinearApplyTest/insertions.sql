-- Sources
--   shop.orders: id int4 not null, customer_id int4, amount int4 not null, price numeric(10,2), placed date not null; key (id)

-- Defining query
SELECT o.id, o.amount FROM shop.orders o WHERE o.amount > 10;

-- Stage 1 of 1: public.st
--   shape     linear
--   columns   id int4 not null, amount int4 not null
--   identity  key (id)
--   reads     shop.orders
-- query
SELECT o.id, o.amount
FROM shop.orders AS o
WHERE o.amount > 10;

-- Delta of public.st when rows were inserted
INSERT INTO public.st (id, amount)
SELECT d.id, d.amount
FROM (
  SELECT o.id, o.amount, o.__weight AS __weight
  FROM (
    SELECT b.id, b.amount, b.__weight
    FROM changes.orders AS b
  ) AS o
  WHERE o.amount > 10
) AS d (id, amount, __weight);
