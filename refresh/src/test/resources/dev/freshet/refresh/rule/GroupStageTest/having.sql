-- Sources
--   shop.orders: id int4 not null, customer_id int4, amount int4 not null, price numeric(10,2), placed date not null; key (id)

-- Defining query
SELECT o.placed, count(*) AS n FROM shop.orders o GROUP BY o.placed HAVING count(*) > 1;

-- Stage 1 of 2: freshet_state.s1
--   shape     running groups by k1 date not null: p1 = rows
--   columns   k1 date not null, p1 int8 not null
--   identity  key (k1)
--   reads     shop.orders
-- query
SELECT o.placed AS k1, count(*) AS p1
FROM shop.orders AS o
GROUP BY o.placed;
-- input
SELECT o.placed AS k1
FROM shop.orders AS o;

-- Stage 2 of 2: public.st
--   shape     linear
--   columns   placed date not null, n int8 not null
--   identity  key (placed)
--   reads     freshet_state.s1
-- query
SELECT g.k1 AS placed, g.p1 AS n
FROM freshet_state.s1 AS g
WHERE g.p1 > 1;

-- Delta of freshet_state.s1 when shop.orders changed
MERGE INTO freshet_state.s1 AS t
USING (
  SELECT raw.k1 AS k1, sum(raw.__weight)::bigint AS p1
  FROM (
    SELECT o.placed AS k1, o.__weight AS __weight
    FROM (
      SELECT b.placed, b.__weight
      FROM changes.orders AS b
    ) AS o
  ) AS raw (k1, __weight)
  GROUP BY raw.k1
) AS d
ON t.k1 = d.k1
WHEN MATCHED AND ((t.p1 + d.p1) = 0) THEN
  DELETE
WHEN MATCHED AND (d.p1 <> 0::bigint) THEN
  UPDATE SET p1 = t.p1 + d.p1
WHEN NOT MATCHED AND (d.p1 <> 0) THEN
  INSERT (k1, p1)
  VALUES (d.k1, d.p1);

-- Delta of public.st when shop.orders changed
MERGE INTO public.st AS t
USING (
  SELECT DISTINCT ON (net.placed) net.placed, net.n, net.__weight
  FROM (
    SELECT raw.placed::date AS placed, raw.n::bigint AS n, sum(raw.__weight)::bigint AS __weight
    FROM (
      SELECT g.k1 AS placed, g.p1 AS n, g.__weight AS __weight
      FROM (
        SELECT b.k1, b.p1, b.__weight
        FROM changes.s1 AS b
      ) AS g
      WHERE g.p1 > 1
    ) AS raw (placed, n, __weight)
    GROUP BY raw.placed::date, raw.n::bigint
    HAVING sum(raw.__weight) <> 0
  ) AS net
  ORDER BY net.placed, net.__weight DESC
) AS d
ON t.placed = d.placed
WHEN MATCHED AND (d.__weight < 0) THEN
  DELETE
WHEN MATCHED THEN
  UPDATE SET n = d.n
WHEN NOT MATCHED AND (d.__weight > 0) THEN
  INSERT (placed, n)
  VALUES (d.placed, d.n);
