-- Sources
--   shop.customers: id int4 not null, city text, name text not null; key (id)

-- Defining query
SELECT upper(c.name) AS name, count(*) AS n FROM shop.customers c GROUP BY (upper(c.name));

-- Stage 1 of 1: public.st
--   shape     running groups by name text: n = rows
--   columns   name text, n int8 not null
--   identity  key (name)
--   reads     shop.customers
--   index     hash_record_extended(ROW(name), 0)
-- query
SELECT upper(c.name) AS name, count(*) AS n
FROM shop.customers AS c
GROUP BY upper(c.name);
-- input
SELECT upper(c.name) AS k1
FROM shop.customers AS c;

-- Delta of public.st when shop.customers changed
MERGE INTO public.st AS t
USING (
  SELECT raw.k1 AS name, sum(raw.__weight)::bigint AS n
  FROM (
    SELECT upper(c.name) AS k1, c.__weight AS __weight
    FROM (
      SELECT b.name, b.__weight
      FROM changes.customers AS b
    ) AS c
  ) AS raw (k1, __weight)
  GROUP BY raw.k1
) AS d
ON (hash_record_extended(ROW(t.name), 0) = hash_record_extended(ROW(d.name), 0))
  AND (t.name IS NOT DISTINCT FROM d.name)
WHEN MATCHED AND ((t.n + d.n) = 0) THEN
  DELETE
WHEN MATCHED AND (d.n <> 0::bigint) THEN
  UPDATE SET n = t.n + d.n
WHEN NOT MATCHED AND (d.n <> 0) THEN
  INSERT (name, n)
  VALUES (d.name, d.n);
