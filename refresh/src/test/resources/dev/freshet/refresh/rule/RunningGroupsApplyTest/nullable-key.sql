-- Sources
--   shop.customers: id int4 not null, city text, name text not null; key (id)

-- Defining query
SELECT c.city, count(*) AS n FROM shop.customers c GROUP BY c.city;

-- Stage 1 of 1: public.st
--   shape     running groups by city text: n = rows
--   columns   city text, n int8 not null
--   identity  key (city)
--   reads     shop.customers
--   index     hash_record_extended(ROW(city), 0)
-- query
SELECT c.city, count(*) AS n
FROM shop.customers AS c
GROUP BY c.city;
-- input
SELECT c.city AS k1
FROM shop.customers AS c;

-- Delta of public.st when shop.customers changed
MERGE INTO public.st AS t
USING (
  SELECT raw.k1 AS city, sum(raw.__weight)::bigint AS n
  FROM (
    SELECT c.city AS k1, c.__weight AS __weight
    FROM (
      SELECT b.city, b.__weight
      FROM changes.customers AS b
    ) AS c
  ) AS raw (k1, __weight)
  GROUP BY raw.k1
) AS d
ON (hash_record_extended(ROW(t.city), 0) = hash_record_extended(ROW(d.city), 0))
  AND (t.city IS NOT DISTINCT FROM d.city)
WHEN MATCHED AND ((t.n + d.n) = 0) THEN
  DELETE
WHEN MATCHED AND (d.n <> 0::bigint) THEN
  UPDATE SET n = t.n + d.n
WHEN NOT MATCHED AND (d.n <> 0) THEN
  INSERT (city, n)
  VALUES (d.city, d.n);
