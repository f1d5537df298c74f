-- Sources
--   shop.orders: id int4 not null, customer_id int4, amount int4 not null, price numeric(10,2), placed date not null; key (id)

-- Defining query
SELECT o.placed, shop.sum(o.amount) AS total FROM shop.orders o GROUP BY o.placed;

-- Stage 1 of 2: freshet_state.s1
--   shape     running groups by k1 date not null, k2 int4 not null: p1 = rows
--   columns   k1 date not null, k2 int4 not null, p1 int8 not null
--   identity  key (k1, k2)
--   reads     shop.orders
-- query
SELECT o.placed AS k1, o.amount AS k2, count(*) AS p1
FROM shop.orders AS o
GROUP BY o.placed, o.amount;
-- input
SELECT o.placed AS k1, o.amount AS k2
FROM shop.orders AS o;

-- Stage 2 of 2: public.st
--   shape     linear
--   columns   placed date not null, total int8
--   identity  bag
--   reads     freshet_state.s1
--   index     hash_record_extended(ROW(placed, total), 0)
-- query
SELECT g.k1 AS placed, shop.sum(g.k2) AS total
FROM freshet_state.s1 AS g;
