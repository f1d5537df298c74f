-- Sources
--   shop.orders: id int4 not null, customer_id int4, amount int4 not null, price numeric(10,2), placed date not null; key (id)

-- Defining query
SELECT o.placed, count(*) AS n, sum(o.amount) AS total, max(o.amount) AS most FROM shop.orders o GROUP BY o.placed;

-- Stage 1 of 1: public.st
--   shape     running groups by placed date not null: n = rows, total = sum of x1 int4, most = max of x1 int4
--   columns   placed date not null, n int8 not null, total int8, most int4
--   identity  key (placed)
--   reads     shop.orders
-- query
SELECT o.placed, count(*) AS n, sum(o.amount) AS total, max(o.amount) AS most
FROM shop.orders AS o
GROUP BY o.placed;
-- input
SELECT o.placed AS k1, o.amount AS x1
FROM shop.orders AS o;

-- Delta of public.st when shop.orders changed
WITH
  change AS MATERIALIZED (
    SELECT
      raw.k1 AS placed,
      sum(raw.__weight)::bigint AS n,
      COALESCE(sum(raw.x1) FILTER (WHERE raw.__weight > 0), 0::bigint) - COALESCE(sum(raw.x1) FILTER (WHERE raw.__weight < 0), 0::bigint) AS total,
      max(raw.x1) FILTER (WHERE raw.__weight > 0) AS __came_most,
      max(raw.x1) FILTER (WHERE raw.__weight < 0) AS __went_most
    FROM (
      SELECT o.placed AS k1, o.amount AS x1, o.__weight AS __weight
      FROM (
        SELECT b.amount, b.placed, b.__weight
        FROM changes.orders AS b
      ) AS o
    ) AS raw (k1, x1, __weight)
    GROUP BY raw.k1
  ),
  judged AS MATERIALIZED (
    SELECT
      c.*,
      ((COALESCE(t.n, 0) + c.n) <> 0) AND ((c.__went_most IS NOT NULL) AND ((t.most IS NULL) OR (c.__went_most >= t.most))) AS __reread
    FROM change AS c
      LEFT JOIN public.st AS t ON c.placed = t.placed
  ),
  lost AS MATERIALIZED (
    SELECT j.placed AS k1
    FROM judged AS j
    WHERE j.__reread
  ),
  again AS MATERIALIZED (
    SELECT r.k1 AS placed, max(r.x1) AS most
    FROM (
      SELECT o.placed AS k1, o.amount AS x1
      FROM shop.orders AS o, lost AS __touched
      WHERE o.placed = __touched.k1
    ) AS r
    GROUP BY r.k1
  )
MERGE INTO public.st AS t
USING (
  SELECT j.*, a.most AS __read_most
  FROM judged AS j
    LEFT JOIN again AS a ON j.placed = a.placed
) AS d
ON t.placed = d.placed
WHEN MATCHED AND ((t.n + d.n) = 0) THEN
  DELETE
WHEN MATCHED AND ((d.n <> 0::bigint) OR (d.total <> 0::bigint) OR (t.most IS DISTINCT FROM CASE WHEN d.__reread THEN d.__read_most ELSE GREATEST(t.most, d.__came_most) END)) THEN
  UPDATE SET
    n = t.n + d.n,
    total = t.total + d.total,
    most = CASE WHEN d.__reread THEN d.__read_most ELSE GREATEST(t.most, d.__came_most) END
WHEN NOT MATCHED AND (d.n <> 0) THEN
  INSERT (placed, n, total, most)
  VALUES (d.placed, d.n, d.total, CASE WHEN d.__reread THEN d.__read_most ELSE d.__came_most END);
