-- Sources
--   shop.events (a table with children): id int4 not null, kind text not null; key (id)

-- Defining query
SELECT e.kind FROM ONLY shop.events e;

-- Has no delta: only at character 25
--   ONLY over a table that others inherit from has no delta rule
--   here: shop.events e
