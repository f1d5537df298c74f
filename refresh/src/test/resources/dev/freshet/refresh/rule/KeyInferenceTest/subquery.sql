-- Sources
--   shop.customers: id int4 not null, city text, name text not null; key (id)

-- Defining query
SELECT named.number, named.called
FROM (SELECT c.id, c.name FROM shop.customers c) named(number, called);

-- Stage 1 of 1: public.st
--   shape     linear
--   columns   number int4 not null, called text not null
--   identity  key (number)
--   reads     shop.customers
-- query
SELECT named.number, named.called
FROM (
  SELECT c.id, c.name
  FROM shop.customers AS c
) AS named (number, called);
