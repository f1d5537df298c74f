-- Sources
--   shop.orders: id int4 not null, customer_id int4, amount int4 not null, price numeric(10,2), placed date not null; key (id)

-- Defining query
SELECT count(*) AS n, sum(o.amount) AS total FROM shop.orders o;

-- Stage 1 of 1: public.st
--   shape     running groups (one, always there): n = rows, total = sum of x1 int4 counted by n
--   columns   n int8 not null, total int8
--   identity  key ()
--   reads     shop.orders
-- query
SELECT count(*) AS n, sum(o.amount) AS total
FROM shop.orders AS o;
-- input
SELECT o.amount AS x1
FROM shop.orders AS o;

-- Delta of public.st when shop.orders changed
MERGE INTO public.st AS t
USING (
  SELECT
    sum(raw.__weight)::bigint AS n,
    COALESCE(sum(raw.x1) FILTER (WHERE raw.__weight > 0), 0::bigint) - COALESCE(sum(raw.x1) FILTER (WHERE raw.__weight < 0), 0::bigint) AS total
  FROM (
    SELECT o.amount AS x1, o.__weight AS __weight
    FROM (
      SELECT b.amount, b.__weight
      FROM changes.orders AS b
    ) AS o
  ) AS raw (x1, __weight)
) AS d
ON true
WHEN MATCHED AND ((d.n <> 0::bigint) OR (d.total <> 0::bigint)) THEN
  UPDATE SET
    n = t.n + d.n,
    total = CASE WHEN ((t.n + d.n) = 0) THEN NULL ELSE (COALESCE(t.total, 0::bigint) + d.total) END
WHEN NOT MATCHED AND (d.n <> 0) THEN
  INSERT (n, total)
  VALUES (d.n, CASE WHEN (d.n = 0) THEN NULL ELSE d.total END);
