-- Sources

-- Defining query
SELECT o.id FROM shop.orders o TABLESAMPLE system (10);

-- Has no delta: tablesample
--   TABLESAMPLE picks other rows each time: no delta
