-- Sources
--   shop.customers: id int4 not null, city text, name text not null; key (id)

-- Defining query
SELECT c.city FROM shop.customers c GROUP BY c.city;

-- Stage 1 of 2: freshet_state.s1
--   shape     running groups by k1 text: p1 = rows
--   columns   k1 text, p1 int8 not null
--   identity  key (k1)
--   reads     shop.customers
--   index     hash_record_extended(ROW(k1), 0)
-- query
SELECT c.city AS k1, count(*) AS p1
FROM shop.customers AS c
GROUP BY c.city;
-- input
SELECT c.city AS k1
FROM shop.customers AS c;

-- Stage 2 of 2: public.st
--   shape     linear
--   columns   city text
--   identity  key (city)
--   reads     freshet_state.s1
--   index     hash_record_extended(ROW(city), 0)
-- query
SELECT g.k1 AS city
FROM freshet_state.s1 AS g;

-- Delta of freshet_state.s1 when shop.customers changed
MERGE INTO freshet_state.s1 AS t
USING (
  SELECT raw.k1 AS k1, sum(raw.__weight)::bigint AS p1
  FROM (
    SELECT c.city AS k1, c.__weight AS __weight
    FROM (
      SELECT b.city, b.__weight
      FROM changes.customers AS b
    ) AS c
  ) AS raw (k1, __weight)
  GROUP BY raw.k1
) AS d
ON (hash_record_extended(ROW(t.k1), 0) = hash_record_extended(ROW(d.k1), 0))
  AND (t.k1 IS NOT DISTINCT FROM d.k1)
WHEN MATCHED AND ((t.p1 + d.p1) = 0) THEN
  DELETE
WHEN MATCHED AND (d.p1 <> 0::bigint) THEN
  UPDATE SET p1 = t.p1 + d.p1
WHEN NOT MATCHED AND (d.p1 <> 0) THEN
  INSERT (k1, p1)
  VALUES (d.k1, d.p1);

-- Delta of public.st when shop.customers changed
MERGE INTO public.st AS t
USING (
  SELECT DISTINCT ON (net.city) net.city, net.__weight
  FROM (
    SELECT raw.city::text AS city, sum(raw.__weight)::bigint AS __weight
    FROM (
      SELECT g.k1 AS city, g.__weight AS __weight
      FROM (
        SELECT raw.k1::text AS k1, sum(raw.__weight)::bigint AS __weight
        FROM (
          SELECT __changes.k1 AS k1, __changes.__weight AS __weight
          FROM (
            SELECT b.k1, b.p1, b.__weight
            FROM changes.s1 AS b
          ) AS __changes
        ) AS raw (k1, __weight)
        GROUP BY raw.k1::text
        HAVING sum(raw.__weight) <> 0
      ) AS g
    ) AS raw (city, __weight)
    GROUP BY raw.city::text
    HAVING sum(raw.__weight) <> 0
  ) AS net
  ORDER BY net.city, net.__weight DESC
) AS d
ON (hash_record_extended(ROW(t.city), 0) = hash_record_extended(ROW(d.city), 0))
  AND (t.city IS NOT DISTINCT FROM d.city)
WHEN MATCHED AND (d.__weight < 0) THEN
  DELETE
WHEN NOT MATCHED AND (d.__weight > 0) THEN
  INSERT (city)
  VALUES (d.city);
