-- Sources
--   shop.orders: id int4 not null, customer_id int4, amount int4 not null, price numeric(10,2), placed date not null; key (id)

-- Defining query
SELECT totals.total, count(*) AS customers
FROM (SELECT o.customer_id, sum(o.amount) AS total FROM shop.orders o GROUP BY o.customer_id) totals
GROUP BY totals.total;

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
--   shape     running groups by total int8: customers = rows
--   columns   total int8, customers int8 not null
--   identity  key (total)
--   reads     freshet_state.s1
--   index     hash_record_extended(ROW(total), 0)
-- query
SELECT totals.total, count(*) AS customers
FROM (
  SELECT g.k1 AS customer_id, g.p2 AS total
  FROM freshet_state.s1 AS g
) AS totals
GROUP BY totals.total;
-- input
SELECT totals.total AS k1
FROM (
  SELECT g.k1 AS customer_id, g.p2 AS total
  FROM freshet_state.s1 AS g
) AS totals;

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
  SELECT raw.k1 AS total, sum(raw.__weight)::bigint AS customers
  FROM (
    SELECT totals.total AS k1, totals.__weight AS __weight
    FROM (
      SELECT g.k1 AS customer_id, g.p2 AS total, g.__weight AS __weight
      FROM (
        SELECT raw.k1::integer AS k1, raw.p2::bigint AS p2, sum(raw.__weight)::bigint AS __weight
        FROM (
          SELECT __changes.k1 AS k1, __changes.p2 AS p2, __changes.__weight AS __weight
          FROM (
            SELECT b.k1, b.p1, b.p2, b.__weight
            FROM changes.s1 AS b
          ) AS __changes
        ) AS raw (k1, p2, __weight)
        GROUP BY raw.k1::integer, raw.p2::bigint
        HAVING sum(raw.__weight) <> 0
      ) AS g
    ) AS totals
  ) AS raw (k1, __weight)
  GROUP BY raw.k1
) AS d
ON (hash_record_extended(ROW(t.total), 0) = hash_record_extended(ROW(d.total), 0))
  AND (t.total IS NOT DISTINCT FROM d.total)
WHEN MATCHED AND ((t.customers + d.customers) = 0) THEN
  DELETE
WHEN MATCHED AND (d.customers <> 0::bigint) THEN
  UPDATE SET customers = t.customers + d.customers
WHEN NOT MATCHED AND (d.customers <> 0) THEN
  INSERT (total, customers)
  VALUES (d.total, d.customers);
