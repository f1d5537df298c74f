-- Sources
--   shop.customers: id int4 not null, city text, name text not null; key (id)

-- Defining query
SELECT v.x FROM ( VALUES (( SELECT count(*) AS count FROM shop.customers)), (7)) v(x);

-- Has no delta: subquery at character 27
--   a subquery in this place has no delta rule
--   here: ( SELECT count(*) AS count FROM shop.customers)), (7)) v(x)
