-- Sources
--   shop.customers: id int4 not null, city text, name text not null; key (id)

-- Defining query
SELECT GROUPING(c.city) AS g, count(*) AS n FROM shop.customers c GROUP BY c.city;

-- Has no delta: grouping_sets at character 17
--   GROUPING() has no delta rule yet
--   here: c.city) AS g, count(*) AS n FROM shop.customers c GROUP BY c.city
