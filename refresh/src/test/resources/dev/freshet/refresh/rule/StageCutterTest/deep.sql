-- Sources
--   shop.orders: id int4 not null, customer_id int4, amount int4 not null, price numeric(10,2), placed date not null; key (id)

-- Defining query
SELECT outer_.id
FROM (SELECT inner_.id, inner_.amount
      FROM (SELECT o.id, o.amount FROM shop.orders o WHERE o.amount > 1) inner_
      WHERE inner_.amount < 100) outer_
WHERE outer_.amount <> 50;

-- Stage 1 of 1: public.st
--   shape     linear
--   columns   id int4 not null
--   identity  key (id)
--   reads     shop.orders
-- query
SELECT outer_.id
FROM (
  SELECT inner_.id, inner_.amount
  FROM (
    SELECT o.id, o.amount
    FROM shop.orders AS o
    WHERE o.amount > 1
  ) AS inner_
  WHERE inner_.amount < 100
) AS outer_
WHERE outer_.amount <> 50;
