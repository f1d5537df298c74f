-- Sources
--   shop.orders: id int4 not null, customer_id int4, amount int4 not null, price numeric(10,2), placed date not null; key (id)
--   shop.customers: id int4 not null, city text, name text not null; key (id)

-- Defining query
SELECT n.id, n.called FROM shop.norwegian_orders n;

-- Stage 1 of 1: public.st
--   shape     linear
--   columns   id int4 not null, called text not null
--   identity  key (id)
--   reads     shop.customers, shop.orders
-- query
SELECT n.id, n.called
FROM (
  SELECT o.id, n_1.called
  FROM shop.orders AS o
    JOIN (
    SELECT customers.id, customers.name
    FROM shop.customers
    WHERE customers.city = 'Oslo'::text
  ) AS n_1 (id, called) ON n_1.id = o.customer_id
) AS n (id, called);
