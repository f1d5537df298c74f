-- Sources
--   shop.visits: customer_id int4, page text not null, seconds float8

-- Defining query
SELECT a.n, b.n AS m
FROM (SELECT v.page, count(*) AS n FROM shop.visits v GROUP BY v.page) a
  JOIN (SELECT v.page, count(*) AS n FROM shop.visits v GROUP BY v.page) b ON a.page = b.page;

-- Stage 1 of 2: freshet_state.s1
--   shape     running groups by k1 text not null: p1 = rows
--   columns   k1 text not null, p1 int8 not null
--   identity  key (k1)
--   reads     shop.visits
-- query
SELECT v.page AS k1, count(*) AS p1
FROM shop.visits AS v
GROUP BY v.page;
-- input
SELECT v.page AS k1
FROM shop.visits AS v;

-- Stage 2 of 2: public.st
--   shape     linear
--   columns   n int8 not null, m int8 not null
--   identity  bag
--   reads     freshet_state.s1
--   index     hash_record_extended(ROW(n, m), 0)
-- query
SELECT a.n, b.n AS m
FROM (
  SELECT g.k1 AS page, g.p1 AS n
  FROM freshet_state.s1 AS g
) AS a
  JOIN (
  SELECT g.k1 AS page, g.p1 AS n
  FROM freshet_state.s1 AS g
) AS b ON a.page = b.page;
