-- Sources
--   shop.tariffs: rate numeric not null, name text not null; key (rate)

-- Defining query
SELECT t.rate, t.name FROM shop.tariffs t;

-- Stage 1 of 1: public.st
--   shape     linear
--   columns   rate numeric not null, name text not null
--   identity  bag
--   reads     shop.tariffs
--   index     hash_record_extended(ROW(rate, name), 0)
-- query
SELECT t.rate, t.name
FROM shop.tariffs AS t;
