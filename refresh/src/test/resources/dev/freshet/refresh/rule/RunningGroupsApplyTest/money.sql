-- Sources
--   shop.readings: sensor int4 not null, value numeric, temperature float4, cost money

-- Defining query
SELECT r.sensor, count(*) AS n, count(r.cost) AS costs, sum(r.cost) AS total FROM shop.readings r GROUP BY r.sensor;

-- Stage 1 of 1: public.st
--   shape     running groups by sensor int4 not null: n = rows, costs = values of x1 money, total = sum of x1 money counted by costs
--   columns   sensor int4 not null, n int8 not null, costs int8 not null, total money
--   identity  key (sensor)
--   reads     shop.readings
-- query
SELECT r.sensor, count(*) AS n, count(r.cost) AS costs, sum(r.cost) AS total
FROM shop.readings AS r
GROUP BY r.sensor;
-- input
SELECT r.sensor AS k1, r.cost AS x1
FROM shop.readings AS r;

-- Delta of public.st when shop.readings changed
MERGE INTO public.st AS t
USING (
  SELECT
    raw.k1 AS sensor,
    sum(raw.__weight)::bigint AS n,
    COALESCE(sum(raw.__weight) FILTER (WHERE raw.x1 IS NOT NULL), 0)::bigint AS costs,
    COALESCE(sum(raw.x1) FILTER (WHERE raw.__weight > 0), 0::pg_catalog.money) - COALESCE(sum(raw.x1) FILTER (WHERE raw.__weight < 0), 0::pg_catalog.money) AS total
  FROM (
    SELECT r.sensor AS k1, r.cost AS x1, r.__weight AS __weight
    FROM (
      SELECT b.sensor, b.cost, b.__weight
      FROM changes.readings AS b
    ) AS r
  ) AS raw (k1, x1, __weight)
  GROUP BY raw.k1
) AS d
ON t.sensor = d.sensor
WHEN MATCHED AND ((t.n + d.n) = 0) THEN
  DELETE
WHEN MATCHED AND ((d.n <> 0::bigint) OR (d.costs <> 0::bigint) OR (d.total <> 0::pg_catalog.money)) THEN
  UPDATE SET
    n = t.n + d.n,
    costs = t.costs + d.costs,
    total = CASE WHEN ((t.costs + d.costs) = 0) THEN NULL ELSE (COALESCE(t.total, 0::pg_catalog.money) + d.total) END
WHEN NOT MATCHED AND (d.n <> 0) THEN
  INSERT (sensor, n, costs, total)
  VALUES (d.sensor, d.n, d.costs, CASE WHEN (d.costs = 0) THEN NULL ELSE d.total END);
