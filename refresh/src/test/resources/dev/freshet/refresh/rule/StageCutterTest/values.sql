-- Sources

-- Defining query
VALUES (1, 'a'::text), (2, 'b'::text);

-- Stage 1 of 1: public.st
--   shape     linear
--   columns   column1 int4, column2 text
--   identity  bag
--   reads     
--   index     hash_record_extended(ROW(column1, column2), 0)
-- query
VALUES (1, 'a'::text), (2, 'b'::text);
