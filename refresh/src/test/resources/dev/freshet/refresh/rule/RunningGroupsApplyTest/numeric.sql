-- Sources
--   shop.orders: id int4 not null, customer_id int4, amount int4 not null, price numeric(10,2), placed date not null; key (id)

-- Defining query
SELECT o.placed, count(*) AS n, count(o.price) AS priced, sum(o.price) AS total FROM shop.orders o GROUP BY o.placed;

-- Stage 1 of 1: public.st
--   shape     running groups by placed date not null: n = rows, priced = values of x1 numeric(10,2), total = sum of x1 numeric(10,2) counted by priced
--   columns   placed date not null, n int8 not null, priced int8 not null, total numeric
--   identity  key (placed)
--   reads     shop.orders
-- query
SELECT o.placed, count(*) AS n, count(o.price) AS priced, sum(o.price) AS total
FROM shop.orders AS o
GROUP BY o.placed;
-- input
SELECT o.placed AS k1, o.price AS x1
FROM shop.orders AS o;

-- Delta of public.st when shop.orders changed
MERGE INTO public.st AS t
USING (
  SELECT
    raw.k1 AS placed,
    sum(raw.__weight)::bigint AS n,
    COALESCE(sum(raw.__weight) FILTER (WHERE raw.x1 IS NOT NULL), 0)::bigint AS priced,
    COALESCE(sum(CASE WHEN (raw.__weight > 0) THEN raw.x1 ELSE (- raw.x1) END), 0::numeric) AS total
  FROM (
    SELECT o.placed AS k1, o.price AS x1, o.__weight AS __weight
    FROM (
      SELECT b.price, b.placed, b.__weight
      FROM changes.orders AS b
    ) AS o
  ) AS raw (k1, x1, __weight)
  GROUP BY raw.k1
) AS d
ON t.placed = d.placed
WHEN MATCHED AND ((t.n + d.n) = 0) THEN
  DELETE
WHEN MATCHED AND ((d.n <> 0::bigint) OR (d.priced <> 0::bigint) OR (d.total <> 0::numeric)) THEN
  UPDATE SET
    n = t.n + d.n,
    priced = t.priced + d.priced,
    total = CASE
      WHEN ((t.priced + d.priced) = 0) THEN NULL
      ELSE CASE
        WHEN ((COALESCE(t.total, 0::numeric) + d.total) = 'NaN'::numeric) THEN (
          SELECT sum(g.x1)
          FROM (
            SELECT o.placed AS k1, o.price AS x1
            FROM shop.orders AS o
          ) AS g
          WHERE g.k1 = d.placed
        )
        ELSE (COALESCE(t.total, 0::numeric) + d.total)
      END
    END
WHEN NOT MATCHED AND (d.n <> 0) THEN
  INSERT (placed, n, priced, total)
  VALUES (
    d.placed,
    d.n,
    d.priced,
    CASE
      WHEN (d.priced = 0) THEN NULL
      ELSE CASE
        WHEN (d.total = 'NaN'::numeric) THEN (
          SELECT sum(g.x1)
          FROM (
            SELECT o.placed AS k1, o.price AS x1
            FROM shop.orders AS o
          ) AS g
          WHERE g.k1 = d.placed
        )
        ELSE d.total
      END
    END
  );
