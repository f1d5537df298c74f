-- Sources
--   shop.orders: id int4 not null, customer_id int4, amount int4 not null, price numeric(10,2), placed date not null; key (id)

-- Defining query
SELECT o.placed, sum(o.amount) AS total FROM shop.orders o GROUP BY o.placed;

-- Stage 1 of 2: freshet_state.s1
--   shape     running groups by k1 date not null: p1 = rows, p2 = sum of x1 int4
--   columns   k1 date not null, p1 int8 not null, p2 int8
--   identity  key (k1)
--   reads     shop.orders
-- query
SELECT o.placed AS k1, count(*) AS p1, sum(o.amount) AS p2
FROM shop.orders AS o
GROUP BY o.placed;
-- input
SELECT o.placed AS k1, o.amount AS x1
FROM shop.orders AS o;

-- Stage 2 of 2: public.st
--   shape     linear
--   columns   placed date not null, total int8
--   identity  key (placed)
--   reads     freshet_state.s1
-- query
SELECT g.k1 AS placed, g.p2 AS total
FROM freshet_state.s1 AS g;

-- Delta of freshet_state.s1 when shop.orders changed
MERGE INTO freshet_state.s1 AS t
USING (
  SELECT
    raw.k1 AS k1,
    sum(raw.__weight)::bigint AS p1,
    COALESCE(sum(raw.x1) FILTER (WHERE raw.__weight > 0), 0::bigint) - COALESCE(sum(raw.x1) FILTER (WHERE raw.__weight < 0), 0::bigint) AS p2
  FROM (
    SELECT o.placed AS k1, o.amount AS x1, o.__weight AS __weight
    FROM (
      SELECT b.amount, b.placed, b.__weight
      FROM changes.orders AS b
    ) AS o
  ) AS raw (k1, x1, __weight)
  GROUP BY raw.k1
) AS d
ON t.k1 = d.k1
WHEN MATCHED AND ((t.p1 + d.p1) = 0) THEN
  DELETE
WHEN MATCHED AND ((d.p1 <> 0::bigint) OR (d.p2 <> 0::bigint)) THEN
  UPDATE SET p1 = t.p1 + d.p1, p2 = t.p2 + d.p2
WHEN NOT MATCHED AND (d.p1 <> 0) THEN
  INSERT (k1, p1, p2)
  VALUES (d.k1, d.p1, d.p2);

-- Delta of public.st when shop.orders changed
MERGE INTO public.st AS t
USING (
  SELECT DISTINCT ON (net.placed) net.placed, net.total, net.__weight
  FROM (
    SELECT
      raw.placed::date AS placed,
      raw.total::bigint AS total,
      sum(raw.__weight)::bigint AS __weight
    FROM (
      SELECT g.k1 AS placed, g.p2 AS total, g.__weight AS __weight
      FROM (
        SELECT raw.k1::date AS k1, raw.p2::bigint AS p2, sum(raw.__weight)::bigint AS __weight
        FROM (
          SELECT __changes.k1 AS k1, __changes.p2 AS p2, __changes.__weight AS __weight
          FROM (
            SELECT b.k1, b.p1, b.p2, b.__weight
            FROM changes.s1 AS b
          ) AS __changes
        ) AS raw (k1, p2, __weight)
        GROUP BY raw.k1::date, raw.p2::bigint
        HAVING sum(raw.__weight) <> 0
      ) AS g
    ) AS raw (placed, total, __weight)
    GROUP BY raw.placed::date, raw.total::bigint
    HAVING sum(raw.__weight) <> 0
  ) AS net
  ORDER BY net.placed, net.__weight DESC
) AS d
ON t.placed = d.placed
WHEN MATCHED AND (d.__weight < 0) THEN
  DELETE
WHEN MATCHED THEN
  UPDATE SET total = d.total
WHEN NOT MATCHED AND (d.__weight > 0) THEN
  INSERT (placed, total)
  VALUES (d.placed, d.total);
