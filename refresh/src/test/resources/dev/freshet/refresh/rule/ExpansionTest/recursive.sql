-- Sources
--   shop.customers: id int4 not null, city text, name text not null; key (id)

-- Defining query
WITH RECURSIVE up(id) AS (SELECT c.id FROM shop.customers c UNION SELECT u.id + 1 FROM up u WHERE u.id < 10)
SELECT up.id FROM up;

-- Has no delta: recursive_query
--   WITH RECURSIVE has no delta rule yet
