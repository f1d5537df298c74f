-- Sources
--   shop.orders: id int4 not null, customer_id int4, amount int4 not null, price numeric(10,2), placed date not null; key (id)

-- Defining query
SELECT o.placed, count(*) AS n, sum(o.amount) AS total FROM shop.orders o GROUP BY o.placed;

-- Stage 1 of 1: public.st
--   shape     running groups by placed date not null: n = rows, total = sum of x1 int4
--   columns   placed date not null, n int8 not null, total int8
--   identity  key (placed)
--   reads     shop.orders
-- query
SELECT o.placed, count(*) AS n, sum(o.amount) AS total
FROM shop.orders AS o
GROUP BY o.placed;
-- input
SELECT o.placed AS k1, o.amount AS x1
FROM shop.orders AS o;

-- Delta of public.st when shop.orders changed
MERGE INTO public.st AS t
USING (
  SELECT
    raw.k1 AS placed,
    sum(raw.__weight)::bigint AS n,
    COALESCE(sum(raw.x1) FILTER (WHERE raw.__weight > 0), 0::bigint) - COALESCE(sum(raw.x1) FILTER (WHERE raw.__weight < 0), 0::bigint) AS total
  FROM (
    SELECT o.placed AS k1, o.amount AS x1, o.__weight AS __weight
    FROM (
      SELECT b.amount, b.placed, b.__weight
      FROM changes.orders AS b
    ) AS o
  ) AS raw (k1, x1, __weight)
  GROUP BY raw.k1
) AS d
ON t.placed = d.placed
WHEN MATCHED AND ((t.n + d.n) = 0) THEN
  DELETE
WHEN MATCHED AND ((d.n <> 0::bigint) OR (d.total <> 0::bigint)) THEN
  UPDATE SET n = t.n + d.n, total = t.total + d.total
WHEN NOT MATCHED AND (d.n <> 0) THEN
  INSERT (placed, n, total)
  VALUES (d.placed, d.n, d.total);
