-- Sources
--   shop.orders: id int4 not null, customer_id int4, amount int4 not null, price numeric(10,2), placed date not null; key (id)

-- Defining query
SELECT o.placed, count(*) AS n, count(*) FILTER (WHERE o.amount > 10) AS large FROM shop.orders o GROUP BY o.placed;

-- Stage 1 of 1: public.st
--   shape     running groups by placed date not null: n = rows, large = values of x1 int4
--   columns   placed date not null, n int8 not null, large int8 not null
--   identity  key (placed)
--   reads     shop.orders
-- query
SELECT o.placed, count(*) AS n, count(*) FILTER (WHERE o.amount > 10) AS large
FROM shop.orders AS o
GROUP BY o.placed;
-- input
SELECT o.placed AS k1, CASE WHEN (o.amount > 10) THEN 1 ELSE NULL END AS x1
FROM shop.orders AS o;

-- Delta of public.st when shop.orders changed
MERGE INTO public.st AS t
USING (
  SELECT
    raw.k1 AS placed,
    sum(raw.__weight)::bigint AS n,
    COALESCE(sum(raw.__weight) FILTER (WHERE raw.x1 IS NOT NULL), 0)::bigint AS large
  FROM (
    SELECT o.placed AS k1, CASE WHEN (o.amount > 10) THEN 1 ELSE NULL END AS x1, o.__weight AS __weight
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
WHEN MATCHED AND ((d.n <> 0::bigint) OR (d.large <> 0::bigint)) THEN
  UPDATE SET n = t.n + d.n, large = t.large + d.large
WHEN NOT MATCHED AND (d.n <> 0) THEN
  INSERT (placed, n, large)
  VALUES (d.placed, d.n, d.large);
