-- Sources
--   shop.customers: id int4 not null, city text, name text not null; key (id)

-- Defining query
SELECT c.city, count(*) AS n, max(c.name) AS last FROM shop.customers c GROUP BY c.city;

-- Stage 1 of 1: public.st
--   shape     running groups by city text: n = rows, last = max of x1 text
--   columns   city text, n int8 not null, last text
--   identity  key (city)
--   reads     shop.customers
--   index     hash_record_extended(ROW(city), 0)
-- query
SELECT c.city, count(*) AS n, max(c.name) AS last
FROM shop.customers AS c
GROUP BY c.city;
-- input
SELECT c.city AS k1, c.name AS x1
FROM shop.customers AS c;

-- Delta of public.st when shop.customers changed
WITH
  change AS MATERIALIZED (
    SELECT
      raw.k1 AS city,
      sum(raw.__weight)::bigint AS n,
      max(raw.x1) FILTER (WHERE raw.__weight > 0) AS __came_last,
      max(raw.x1) FILTER (WHERE raw.__weight < 0) AS __went_last
    FROM (
      SELECT c.city AS k1, c.name AS x1, c.__weight AS __weight
      FROM (
        SELECT b.city, b.name, b.__weight
        FROM changes.customers AS b
      ) AS c
    ) AS raw (k1, x1, __weight)
    GROUP BY raw.k1
  ),
  judged AS MATERIALIZED (
    SELECT
      c.*,
      ((COALESCE(t.n, 0) + c.n) <> 0) AND ((c.__went_last IS NOT NULL) AND ((t.last IS NULL) OR (c.__went_last >= t.last))) AS __reread
    FROM change AS c
      LEFT JOIN public.st AS t ON (hash_record_extended(ROW(c.city), 0) = hash_record_extended(ROW(t.city), 0))
      AND (c.city IS NOT DISTINCT FROM t.city)
  ),
  lost AS MATERIALIZED (
    SELECT j.city AS k1
    FROM judged AS j
    WHERE j.__reread
  ),
  again AS MATERIALIZED (
    SELECT r.k1 AS city, max(r.x1) AS last
    FROM (
      SELECT c.city AS k1, c.name AS x1
      FROM shop.customers AS c, lost AS __touched
      WHERE c.city = __touched.k1
      UNION ALL
      SELECT c.city AS k1, c.name AS x1
      FROM shop.customers AS c, lost AS __touched
      WHERE (c.city IS NULL) AND (__touched.k1 IS NULL)
    ) AS r
    GROUP BY r.k1
  )
MERGE INTO public.st AS t
USING (
  SELECT j.*, a.last AS __read_last
  FROM judged AS j
    LEFT JOIN again AS a ON (hash_record_extended(ROW(j.city), 0) = hash_record_extended(ROW(a.city), 0))
    AND (j.city IS NOT DISTINCT FROM a.city)
) AS d
ON (hash_record_extended(ROW(t.city), 0) = hash_record_extended(ROW(d.city), 0))
  AND (t.city IS NOT DISTINCT FROM d.city)
WHEN MATCHED AND ((t.n + d.n) = 0) THEN
  DELETE
WHEN MATCHED AND ((d.n <> 0::bigint) OR (t.last IS DISTINCT FROM CASE WHEN d.__reread THEN d.__read_last ELSE GREATEST(t.last, d.__came_last) END)) THEN
  UPDATE SET
    n = t.n + d.n,
    last = CASE WHEN d.__reread THEN d.__read_last ELSE GREATEST(t.last, d.__came_last) END
WHEN NOT MATCHED AND (d.n <> 0) THEN
  INSERT (city, n, last)
  VALUES (d.city, d.n, CASE WHEN d.__reread THEN d.__read_last ELSE d.__came_last END);
