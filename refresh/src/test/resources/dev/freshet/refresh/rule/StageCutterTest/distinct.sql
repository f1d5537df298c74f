-- Sources
--   shop.customers: id int4 not null, city text, name text not null; key (id)

-- Defining query
SELECT DISTINCT c.city, c.name FROM shop.customers c;

-- Stage 1 of 2: freshet_state.s1
--   shape     running groups by k1 text, k2 text not null: p1 = rows
--   columns   k1 text, k2 text not null, p1 int8 not null
--   identity  key (k1, k2)
--   reads     shop.customers
--   index     hash_record_extended(ROW(k1, k2), 0)
-- query
SELECT rows.c1 AS k1, rows.c2 AS k2, count(*) AS p1
FROM (
  SELECT c.city, c.name
  FROM shop.customers AS c
) AS rows (c1, c2)
GROUP BY rows.c1, rows.c2;
-- input
SELECT rows.c1 AS k1, rows.c2 AS k2
FROM (
  SELECT c.city, c.name
  FROM shop.customers AS c
) AS rows (c1, c2);

-- Stage 2 of 2: public.st
--   shape     linear
--   columns   city text, name text not null
--   identity  key (city, name)
--   reads     freshet_state.s1
--   index     hash_record_extended(ROW(city, name), 0)
-- query
SELECT g.k1 AS city, g.k2 AS name
FROM freshet_state.s1 AS g;

-- Delta of freshet_state.s1 when shop.customers changed
MERGE INTO freshet_state.s1 AS t
USING (
  SELECT raw.k1 AS k1, raw.k2 AS k2, sum(raw.__weight)::bigint AS p1
  FROM (
    SELECT rows.c1 AS k1, rows.c2 AS k2, rows.__weight AS __weight
    FROM (
      SELECT c.city, c.name, c.__weight AS __weight
      FROM (
        SELECT b.city, b.name, b.__weight
        FROM changes.customers AS b
      ) AS c
    ) AS rows (c1, c2)
  ) AS raw (k1, k2, __weight)
  GROUP BY raw.k1, raw.k2
) AS d
ON (hash_record_extended(ROW(t.k1, t.k2), 0) = hash_record_extended(ROW(d.k1, d.k2), 0))
  AND (t.k1 IS NOT DISTINCT FROM d.k1)
  AND (t.k2 IS NOT DISTINCT FROM d.k2)
WHEN MATCHED AND ((t.p1 + d.p1) = 0) THEN
  DELETE
WHEN MATCHED AND (d.p1 <> 0::bigint) THEN
  UPDATE SET p1 = t.p1 + d.p1
WHEN NOT MATCHED AND (d.p1 <> 0) THEN
  INSERT (k1, k2, p1)
  VALUES (d.k1, d.k2, d.p1);

-- Delta of public.st when shop.customers changed
MERGE INTO public.st AS t
USING (
  SELECT DISTINCT ON (net.city, net.name) net.city, net.name, net.__weight
  FROM (
    SELECT raw.city::text AS city, raw.name::text AS name, sum(raw.__weight)::bigint AS __weight
    FROM (
      SELECT g.k1 AS city, g.k2 AS name, g.__weight AS __weight
      FROM (
        SELECT raw.k1::text AS k1, raw.k2::text AS k2, sum(raw.__weight)::bigint AS __weight
        FROM (
          SELECT __changes.k1 AS k1, __changes.k2 AS k2, __changes.__weight AS __weight
          FROM (
            SELECT b.k1, b.k2, b.p1, b.__weight
            FROM changes.s1 AS b
          ) AS __changes
        ) AS raw (k1, k2, __weight)
        GROUP BY raw.k1::text, raw.k2::text
        HAVING sum(raw.__weight) <> 0
      ) AS g
    ) AS raw (city, name, __weight)
    GROUP BY raw.city::text, raw.name::text
    HAVING sum(raw.__weight) <> 0
  ) AS net
  ORDER BY net.city, net.name, net.__weight DESC
) AS d
ON (hash_record_extended(ROW(t.city, t.name), 0) = hash_record_extended(ROW(d.city, d.name), 0))
  AND (t.city IS NOT DISTINCT FROM d.city)
  AND (t.name IS NOT DISTINCT FROM d.name)
WHEN MATCHED AND (d.__weight < 0) THEN
  DELETE
WHEN NOT MATCHED AND (d.__weight > 0) THEN
  INSERT (city, name)
  VALUES (d.city, d.name);
