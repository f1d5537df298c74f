-- Sources
--   shop.customers: id int4 not null, city text, name text not null; key (id)
--   shop.visits: customer_id int4, page text not null, seconds float8

-- Defining query
SELECT c.id, v.page FROM shop.customers c JOIN shop.visits v ON v.customer_id = c.id;

-- Stage 1 of 1: public.st
--   shape     linear
--   columns   id int4 not null, page text not null
--   identity  bag
--   reads     shop.customers, shop.visits
--   index     hash_record_extended(ROW(id, page), 0)
-- query
SELECT c.id, v.page
FROM shop.customers AS c
  JOIN shop.visits AS v ON v.customer_id = c.id;
