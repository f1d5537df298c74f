-- Sources
--   shop.customers: id int4 not null, city text, name text not null; key (id)

-- Defining query
WITH RECURSIVE up(id) AS (SELECT c.id FROM shop.customers c UNION SELECT u.id + 1 FROM up u WHERE u.id < 10)
SELECT up.id FROM up;

-- Stage 1 of 2: freshet_state.s1
--   shape     recursion of distinct rows
--   columns   c1 int4
--   identity  bag
--   reads     shop.customers
--   index     hash_record_extended(ROW(c1), 0)
-- base
SELECT q.c1 AS c1
FROM (
  SELECT c.id
  FROM shop.customers AS c
) AS q (c1);
-- step
SELECT q.c1 AS c1
FROM (
  SELECT u.id + 1
  FROM freshet_state.s1 AS u (id)
  WHERE u.id < 10
) AS q (c1);

-- Stage 2 of 2: public.st
--   shape     linear
--   columns   id int4
--   identity  bag
--   reads     freshet_state.s1
--   index     hash_record_extended(ROW(id), 0)
-- query
SELECT up.id
FROM freshet_state.s1 AS up (id);
