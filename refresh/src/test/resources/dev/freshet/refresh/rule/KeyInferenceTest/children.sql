-- Sources
--   shop.events (a table with children): id int4 not null, kind text not null; key (id)

-- Defining query
SELECT e.id, e.kind FROM shop.events e;

-- Stage 1 of 1: public.st
--   shape     linear
--   columns   id int4, kind text
--   identity  bag
--   reads     shop.events
--   index     hash_record_extended(ROW(id, kind), 0)
-- query
SELECT e.id, e.kind
FROM shop.events AS e;
