-- Sources
--   shop.sales (a stream table): city text not null, total int8; key (city)
--   shop.customers: id int4 not null, city text, name text not null; key (id)

-- Defining query
SELECT s.city, c.name FROM shop.sales s JOIN shop.customers c ON c.id = s.total;

-- Stage 1 of 1: public.st
--   shape     linear
--   columns   city text not null, name text not null
--   identity  key (city)
--   reads     shop.customers, shop.sales
-- query
SELECT s.city, c.name
FROM shop.sales AS s
  JOIN shop.customers AS c ON c.id = s.total;
