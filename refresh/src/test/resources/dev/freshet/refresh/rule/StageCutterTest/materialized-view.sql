-- Sources
--   shop.stock (a matview): product text, quantity int4

-- Defining query
SELECT s.product FROM shop.stock s;

-- Has no delta: materialized_view at character 23
--   materialized view stock is refreshed outside of triggers' sight; make it a stream table
--   here: shop.stock s
