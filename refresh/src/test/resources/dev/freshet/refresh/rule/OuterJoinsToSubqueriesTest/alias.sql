-- Sources
--   shop.customers: id int4 not null, city text, name text not null; key (id)
--   shop.items: order_id int4 not null, line int4 not null, product text not null, quantity int4; key (line, order_id)

-- Defining query
SELECT j.id FROM (shop.customers c LEFT JOIN shop.items i ON i.line = c.id) j;

-- Has no delta: join_alias
--   a join with an alias has no delta rule
