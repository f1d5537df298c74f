-- Sources
--   shop.customers: id int4 not null, city text, name text not null; key (id)

-- Defining query
SELECT c.city, c.name, count(*) AS n FROM shop.customers c GROUP BY GROUPING SETS ((c.city), (c.name));

-- Has no delta: grouping_sets
--   GROUPING SETS, ROLLUP and CUBE have no delta rule yet
