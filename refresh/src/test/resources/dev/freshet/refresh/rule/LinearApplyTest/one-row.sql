-- Sources
--   shop.orders: id int4 not null, customer_id int4, amount int4 not null, price numeric(10,2), placed date not null; key (id)

-- Defining query
SELECT avg(o.amount) AS average FROM shop.orders o;

-- Stage 1 of 2: freshet_state.s1
--   shape     running groups (one, always there): p1 = rows, p2 = sum of x1 int4 counted by p1
--   columns   p1 int8 not null, p2 int8
--   identity  key ()
--   reads     shop.orders
-- query
SELECT count(*) AS p1, sum(o.amount) AS p2
FROM shop.orders AS o;
-- input
SELECT o.amount AS x1
FROM shop.orders AS o;

-- Stage 2 of 2: public.st
--   shape     linear
--   columns   average numeric
--   identity  key ()
--   reads     freshet_state.s1
-- query
SELECT CASE WHEN (g.p1 = 0) THEN NULL ELSE (g.p2::numeric / g.p1::numeric) END AS average
FROM freshet_state.s1 AS g;

-- Delta of freshet_state.s1 when shop.orders changed
MERGE INTO freshet_state.s1 AS t
USING (
  SELECT
    sum(raw.__weight)::bigint AS p1,
    COALESCE(sum(raw.x1) FILTER (WHERE raw.__weight > 0), 0::bigint) - COALESCE(sum(raw.x1) FILTER (WHERE raw.__weight < 0), 0::bigint) AS p2
  FROM (
    SELECT o.amount AS x1, o.__weight AS __weight
    FROM (
      SELECT b.amount, b.__weight
      FROM changes.orders AS b
    ) AS o
  ) AS raw (x1, __weight)
) AS d
ON true
WHEN MATCHED AND ((d.p1 <> 0::bigint) OR (d.p2 <> 0::bigint)) THEN
  UPDATE SET
    p1 = t.p1 + d.p1,
    p2 = CASE WHEN ((t.p1 + d.p1) = 0) THEN NULL ELSE (COALESCE(t.p2, 0::bigint) + d.p2) END
WHEN NOT MATCHED AND (d.p1 <> 0) THEN
  INSERT (p1, p2)
  VALUES (d.p1, CASE WHEN (d.p1 = 0) THEN NULL ELSE d.p2 END);

-- Delta of public.st when shop.orders changed
MERGE INTO public.st AS t
USING (
  SELECT net.average, net.__weight
  FROM (
    SELECT raw.average::numeric AS average, sum(raw.__weight)::bigint AS __weight
    FROM (
      SELECT
        CASE WHEN (g.p1 = 0) THEN NULL ELSE (g.p2::numeric / g.p1::numeric) END AS average,
        g.__weight AS __weight
      FROM (
        SELECT b.p1, b.p2, b.__weight
        FROM changes.s1 AS b
      ) AS g
    ) AS raw (average, __weight)
    GROUP BY raw.average::numeric, (raw.average::numeric::text COLLATE pg_catalog."C")
    HAVING sum(raw.__weight) <> 0
  ) AS net
  ORDER BY net.__weight DESC
  LIMIT 1
) AS d
ON true
WHEN MATCHED AND (d.__weight < 0) THEN
  DELETE
WHEN MATCHED THEN
  UPDATE SET average = d.average
WHEN NOT MATCHED AND (d.__weight > 0) THEN
  INSERT (average)
  VALUES (d.average);
