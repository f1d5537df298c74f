-- Sources
--   shop.items: order_id int4 not null, line int4 not null, product text not null, quantity int4; key (line, order_id)

-- Defining query
SELECT i.product, count(*) AS n, count(i.quantity) AS counted, sum(i.quantity) AS total
FROM shop.items i GROUP BY i.product;

-- Stage 1 of 1: public.st
--   shape     running groups by product text not null: n = rows, counted = values of x1 int4, total = sum of x1 int4 counted by counted
--   columns   product text not null, n int8 not null, counted int8 not null, total int8
--   identity  key (product)
--   reads     shop.items
-- query
SELECT i.product, count(*) AS n, count(i.quantity) AS counted, sum(i.quantity) AS total
FROM shop.items AS i
GROUP BY i.product;
-- input
SELECT i.product AS k1, i.quantity AS x1
FROM shop.items AS i;

-- Delta of public.st when shop.items changed
MERGE INTO public.st AS t
USING (
  SELECT
    raw.k1 AS product,
    sum(raw.__weight)::bigint AS n,
    COALESCE(sum(raw.__weight) FILTER (WHERE raw.x1 IS NOT NULL), 0)::bigint AS counted,
    COALESCE(sum(raw.x1) FILTER (WHERE raw.__weight > 0), 0::bigint) - COALESCE(sum(raw.x1) FILTER (WHERE raw.__weight < 0), 0::bigint) AS total
  FROM (
    SELECT i.product AS k1, i.quantity AS x1, i.__weight AS __weight
    FROM (
      SELECT b.product, b.quantity, b.__weight
      FROM changes.items AS b
    ) AS i
  ) AS raw (k1, x1, __weight)
  GROUP BY raw.k1
) AS d
ON t.product = d.product
WHEN MATCHED AND ((t.n + d.n) = 0) THEN
  DELETE
WHEN MATCHED AND ((d.n <> 0::bigint) OR (d.counted <> 0::bigint) OR (d.total <> 0::bigint)) THEN
  UPDATE SET
    n = t.n + d.n,
    counted = t.counted + d.counted,
    total = CASE WHEN ((t.counted + d.counted) = 0) THEN NULL ELSE (COALESCE(t.total, 0::bigint) + d.total) END
WHEN NOT MATCHED AND (d.n <> 0) THEN
  INSERT (product, n, counted, total)
  VALUES (d.product, d.n, d.counted, CASE WHEN (d.counted = 0) THEN NULL ELSE d.total END);
