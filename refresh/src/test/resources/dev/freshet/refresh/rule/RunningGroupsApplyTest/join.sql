-- Sources
--   shop.orders: id int4 not null, customer_id int4, amount int4 not null, price numeric(10,2), placed date not null; key (id)
--   shop.customers: id int4 not null, city text, name text not null; key (id)

-- Defining query
SELECT c.city, count(*) AS n, sum(o.amount) AS total
FROM shop.orders o JOIN shop.customers c ON c.id = o.customer_id
GROUP BY c.city;

-- Stage 1 of 1: public.st
--   shape     running groups by city text: n = rows, total = sum of x1 int4
--   columns   city text, n int8 not null, total int8
--   identity  key (city)
--   reads     shop.customers, shop.orders
--   index     hash_record_extended(ROW(city), 0)
-- query
SELECT c.city, count(*) AS n, sum(o.amount) AS total
FROM shop.orders AS o
  JOIN shop.customers AS c ON c.id = o.customer_id
GROUP BY c.city;
-- input
SELECT c.city AS k1, o.amount AS x1
FROM shop.orders AS o
  JOIN shop.customers AS c ON c.id = o.customer_id;

-- Delta of public.st when all sources changed
MERGE INTO public.st AS t
USING (
  SELECT
    raw.k1 AS city,
    sum(raw.__weight)::bigint AS n,
    COALESCE(sum(raw.x1) FILTER (WHERE raw.__weight > 0), 0::bigint) - COALESCE(sum(raw.x1) FILTER (WHERE raw.__weight < 0), 0::bigint) AS total
  FROM (
    (
      SELECT c.city AS k1, o.amount AS x1, o.__weight AS __weight
      FROM (
        SELECT b.id, b.customer_id, b.amount, b.__weight
        FROM changes.orders AS b
      ) AS o
        JOIN shop.customers AS c ON c.id = o.customer_id
      UNION ALL
      SELECT c.city AS k1, o.amount AS x1, c.__weight AS __weight
      FROM shop.orders AS o
        JOIN (
        SELECT b.id, b.city, b.__weight
        FROM changes.customers AS b
      ) AS c ON c.id = o.customer_id
    )
    UNION ALL
    SELECT c.city AS k1, o.amount AS x1, - (o.__weight * c.__weight) AS __weight
    FROM (
      SELECT b.id, b.customer_id, b.amount, b.__weight
      FROM changes.orders AS b
    ) AS o
      JOIN (
      SELECT b.id, b.city, b.__weight
      FROM changes.customers AS b
    ) AS c ON c.id = o.customer_id
  ) AS raw (k1, x1, __weight)
  GROUP BY raw.k1
) AS d
ON (hash_record_extended(ROW(t.city), 0) = hash_record_extended(ROW(d.city), 0))
  AND (t.city IS NOT DISTINCT FROM d.city)
WHEN MATCHED AND ((t.n + d.n) = 0) THEN
  DELETE
WHEN MATCHED AND ((d.n <> 0::bigint) OR (d.total <> 0::bigint)) THEN
  UPDATE SET n = t.n + d.n, total = t.total + d.total
WHEN NOT MATCHED AND (d.n <> 0) THEN
  INSERT (city, n, total)
  VALUES (d.city, d.n, d.total);
