-- Sources
--   shop.customers: id int4 not null, city text, name text not null; key (id)

-- Defining query
SELECT c.city, count(*) AS n FROM shop.customers c GROUP BY ROLLUP (c.city);

-- Has no delta: grouping_sets
--   GROUPING SETS, ROLLUP and CUBE have no delta rule yet
