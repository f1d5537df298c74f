-- Sources
--   shop.orders: id int4 not null, customer_id int4, amount int4 not null, price numeric(10,2), placed date not null; key (id)

-- Defining query
SELECT o.customer_id, avg(o.amount) AS average FROM shop.orders o GROUP BY o.customer_id;

-- Stage 1 of 2: freshet_state.s1
--   shape     running groups by k1 int4: p1 = rows, p2 = sum of x1 int4
--   columns   k1 int4, p1 int8 not null, p2 int8
--   identity  key (k1)
--   reads     shop.orders
--   index     hash_record_extended(ROW(k1), 0)
-- query
SELECT o.customer_id AS k1, count(*) AS p1, sum(o.amount) AS p2
FROM shop.orders AS o
GROUP BY o.customer_id;
-- input
SELECT o.customer_id AS k1, o.amount AS x1
FROM shop.orders AS o;

-- Stage 2 of 2: public.st
--   shape     linear
--   columns   customer_id int4, average numeric
--   identity  key (customer_id)
--   reads     freshet_state.s1
--   index     hash_record_extended(ROW(customer_id), 0)
-- query
SELECT
  g.k1 AS customer_id,
  CASE WHEN (g.p1 = 0) THEN NULL ELSE (g.p2::numeric / g.p1::numeric) END AS average
FROM freshet_state.s1 AS g;

-- Delta of freshet_state.s1 when shop.orders changed
MERGE INTO freshet_state.s1 AS t
USING (
  SELECT
    raw.k1 AS k1,
    sum(raw.__weight)::bigint AS p1,
    COALESCE(sum(raw.x1) FILTER (WHERE raw.__weight > 0), 0::bigint) - COALESCE(sum(raw.x1) FILTER (WHERE raw.__weight < 0), 0::bigint) AS p2
  FROM (
    SELECT o.customer_id AS k1, o.amount AS x1, o.__weight AS __weight
    FROM (
      SELECT b.customer_id, b.amount, b.__weight
      FROM changes.orders AS b
    ) AS o
  ) AS raw (k1, x1, __weight)
  GROUP BY raw.k1
) AS d
ON (hash_record_extended(ROW(t.k1), 0) = hash_record_extended(ROW(d.k1), 0))
  AND (t.k1 IS NOT DISTINCT FROM d.k1)
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
  SELECT DISTINCT ON (net.customer_id) net.customer_id, net.average, net.__weight
  FROM (
    SELECT
      raw.customer_id::integer AS customer_id,
      raw.average::numeric AS average,
      sum(raw.__weight)::bigint AS __weight
    FROM (
      SELECT
        g.k1 AS customer_id,
        CASE WHEN (g.p1 = 0) THEN NULL ELSE (g.p2::numeric / g.p1::numeric) END AS average,
        g.__weight AS __weight
      FROM (
        SELECT b.k1, b.p1, b.p2, b.__weight
        FROM changes.s1 AS b
      ) AS g
    ) AS raw (customer_id, average, __weight)
    GROUP BY
      raw.customer_id::integer,
      raw.average::numeric,
      (raw.average::numeric::text COLLATE pg_catalog."C")
    HAVING sum(raw.__weight) <> 0
  ) AS net
  ORDER BY net.customer_id, net.__weight DESC
) AS d
ON (hash_record_extended(ROW(t.customer_id), 0) = hash_record_extended(ROW(d.customer_id), 0))
  AND (t.customer_id IS NOT DISTINCT FROM d.customer_id)
WHEN MATCHED AND (d.__weight < 0) THEN
  DELETE
WHEN MATCHED THEN
  UPDATE SET average = d.average
WHEN NOT MATCHED AND (d.__weight > 0) THEN
  INSERT (customer_id, average)
  VALUES (d.customer_id, d.average);
