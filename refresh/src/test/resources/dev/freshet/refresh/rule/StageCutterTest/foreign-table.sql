-- Sources
--   shop.suppliers (a foreign table): id int4, name text

-- Defining query
SELECT s.name FROM shop.suppliers s;

-- Has no delta: foreign_table at character 20
--   changes of foreign table suppliers happen on another server
--   here: shop.suppliers s
