-- Sources
--   shop.customers: id int4 not null, city text, name text not null; key (id)
--   shop.orders: id int4 not null, customer_id int4, amount int4 not null, price numeric(10,2), placed date not null; key (id)
--   shop.visits: customer_id int4, page text not null, seconds float8

-- Defining query
SELECT c.id
FROM shop.customers c JOIN shop.orders o ON o.amount > ( SELECT avg(v.seconds) AS avg FROM shop.visits v);

-- Stage 1 of 2: freshet_state.s1
--   shape     recomputed groups by 
--   columns   a1 float8
--   identity  key ()
--   reads     shop.visits
-- query
SELECT avg(v.seconds) AS a1
FROM shop.visits AS v;

-- Stage 2 of 2: public.st
--   shape     linear
--   columns   id int4 not null
--   identity  bag
--   reads     freshet_state.s1, shop.customers, shop.orders
--   index     hash_record_extended(ROW(id), 0)
-- query
SELECT c.id
FROM
  shop.customers AS c
    CROSS JOIN shop.orders AS o,
  (
    SELECT g.a1 AS __value
    FROM freshet_state.s1 AS g
  ) AS __sub2
WHERE o.amount > __sub2.__value;
