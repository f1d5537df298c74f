-- Sources
--   shop.customers: id int4 not null, city text, name text not null; key (id)
--   shop.visits: customer_id int4, page text not null, seconds float8
--   shop.returns: customer_id int4, page text not null, seconds float8

-- Defining query
SELECT c.id, both_.page
FROM shop.customers c,
  LATERAL (SELECT v.page FROM shop.visits v WHERE v.customer_id = c.id INTERSECT SELECT r.page FROM shop.returns r) both_;

-- Has no delta: lateral_subquery
--   a LATERAL set operation that uses columns from outside has no delta rule
