-- Sources
--   shop.brands: name text ci not null, country text ci; key (name)

-- Defining query
SELECT b.name, b.country FROM shop.brands b;

-- Stage 1 of 1: public.st
--   shape     linear
--   columns   name text ci not null, country text ci
--   identity  bag
--   reads     shop.brands
--   index     hash_record_extended(ROW(name, country), 0)
-- query
SELECT b.name, b.country
FROM shop.brands AS b;
