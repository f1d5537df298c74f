-- Sources
--   shop.customers: id int4 not null, city text, name text not null; key (id)

-- Defining query
SELECT g.g FROM generate_series(1, ( SELECT count(*) AS count FROM shop.customers)) g(g);

-- Has no delta: subquery at character 36
--   a subquery in this place has no delta rule
--   here: ( SELECT count(*) AS count FROM shop.customers)) g(g)
