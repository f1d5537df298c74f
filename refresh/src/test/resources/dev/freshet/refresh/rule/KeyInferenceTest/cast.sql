-- Sources
--   shop.products: code text not null, tags text[], kind shop.mood not null; key (code)
--   shop.customers: id int4 not null, city text, name text not null; key (id)

-- Defining query
SELECT p.code, c.name FROM shop.products p JOIN shop.customers c ON c.id::text = p.code;

-- Stage 1 of 1: public.st
--   shape     linear
--   columns   code text not null, name text not null
--   identity  bag
--   reads     shop.customers, shop.products
--   index     hash_record_extended(ROW(code, name), 0)
-- query
SELECT p.code, c.name
FROM shop.products AS p
  JOIN shop.customers AS c ON c.id::text = p.code;
