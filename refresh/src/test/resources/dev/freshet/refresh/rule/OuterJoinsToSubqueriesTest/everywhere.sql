-- Sources
--   shop.customers: id int4 not null, city text, name text not null; key (id)
--   shop.orders: id int4 not null, customer_id int4, amount int4 not null, price numeric(10,2), placed date not null; key (id)

-- Defining query
SELECT c.city, count(*) AS n, max(o.amount) AS most
FROM shop.customers c LEFT JOIN shop.orders o ON o.customer_id = c.id
WHERE c.name <> 'x'::text
GROUP BY c.city;

-- Stage 1 of 1: public.st
--   shape     running groups by city text: n = rows, most = max of x1 int4
--   columns   city text, n int8 not null, most int4
--   identity  key (city)
--   reads     shop.customers, shop.orders
--   index     hash_record_extended(ROW(city), 0)
-- query
SELECT __join1.c1 AS city, count(*) AS n, max(__join1.c2) AS most
FROM (
  SELECT c.city AS c1, o.amount AS c2, o.customer_id AS c3, c.id AS c4, c.name AS c5
  FROM shop.customers AS c
    LEFT JOIN shop.orders AS o ON o.customer_id = c.id
) AS __join1
WHERE __join1.c5 <> 'x'::text
GROUP BY __join1.c1;
-- input
SELECT __join1.c1 AS k1, __join1.c2 AS x1
FROM (
  SELECT c.city AS c1, o.amount AS c2, o.customer_id AS c3, c.id AS c4, c.name AS c5
  FROM shop.customers AS c
    LEFT JOIN shop.orders AS o ON o.customer_id = c.id
) AS __join1
WHERE __join1.c5 <> 'x'::text;
