-- Sources
--   shop.customers: id int4 not null, city text, name text not null; key (id)
--   shop.visits: customer_id int4, page text not null, seconds float8

-- Defining query
SELECT big.id
FROM (SELECT c.id FROM shop.customers c WHERE c.id > ( SELECT count(*) AS count FROM shop.visits v)) big;

-- Stage 1 of 2: freshet_state.s1
--   shape     running groups (one, always there): p1 = rows
--   columns   p1 int8 not null
--   identity  key ()
--   reads     shop.visits
-- query
SELECT count(*) AS p1
FROM shop.visits AS v;
-- input
SELECT
FROM shop.visits AS v;

-- Stage 2 of 2: public.st
--   shape     linear
--   columns   id int4 not null
--   identity  key (id)
--   reads     freshet_state.s1, shop.customers
-- query
SELECT big.id
FROM (
  SELECT c.id
  FROM
    shop.customers AS c,
    (
      SELECT g.p1 AS __value
      FROM freshet_state.s1 AS g
    ) AS __sub2
  WHERE c.id > __sub2.__value
) AS big;
