-- Sources
--   shop.customers: id int4 not null, city text, name text not null; key (id)

-- Defining query
SELECT n.called FROM shop.norwegians n(number);

-- Stage 1 of 1: public.st
--   shape     linear
--   columns   called text not null
--   identity  bag
--   reads     shop.customers
--   index     hash_record_extended(ROW(called), 0)
-- query
SELECT n.called
FROM (
  SELECT customers.id, customers.name
  FROM shop.customers
  WHERE customers.city = 'Oslo'::text
) AS n (number, called);
