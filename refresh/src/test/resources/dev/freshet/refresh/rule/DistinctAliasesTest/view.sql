-- Sources
--   shop.customers: id int4 not null, city text, name text not null; key (id)
--   shop.orders: id int4 not null, customer_id int4, amount int4 not null, price numeric(10,2), placed date not null; key (id)

-- Defining query
SELECT customers.id, l.called
FROM shop.customers
  LEFT JOIN shop.orders o ON o.customer_id = customers.id
  CROSS JOIN LATERAL (SELECT n.called FROM shop.norwegians n WHERE n.id = o.customer_id) l;

-- Stage 1 of 1: public.st
--   shape     linear
--   columns   id int4 not null, called text not null
--   identity  bag
--   reads     shop.customers, shop.orders
--   index     hash_record_extended(ROW(id, called), 0)
-- query
SELECT __join1.c1 AS id, l.called AS called
FROM (
  SELECT customers.id AS c1, o.customer_id AS c2
  FROM shop.customers
    LEFT JOIN shop.orders AS o ON o.customer_id = customers.id
) AS __join1
  CROSS JOIN LATERAL (
  SELECT n.called
  FROM (
    SELECT customers_1.id, customers_1.name
    FROM shop.customers AS customers_1
    WHERE customers_1.city = 'Oslo'::text
  ) AS n (id, called)
  WHERE n.id = __join1.c2
) AS l;
