-- Sources
--   shop.visits: customer_id int4, page text not null, seconds float8
--   shop.returns: customer_id int4, page text not null, seconds float8

-- Defining query
SELECT v.page FROM shop.visits v UNION SELECT r.page FROM shop.returns r;

-- Stage 1 of 2: freshet_state.s1
--   shape     running groups by k1 text: p1 = rows
--   columns   k1 text, p1 int8 not null
--   identity  key (k1)
--   reads     shop.returns, shop.visits
--   index     hash_record_extended(ROW(k1), 0)
-- query
SELECT rows.c1 AS k1, count(*) AS p1
FROM (
  SELECT v.page
  FROM shop.visits AS v
  UNION ALL
  SELECT r.page
  FROM shop.returns AS r
) AS rows (c1)
GROUP BY rows.c1;
-- input
SELECT rows.c1 AS k1
FROM (
  SELECT v.page
  FROM shop.visits AS v
  UNION ALL
  SELECT r.page
  FROM shop.returns AS r
) AS rows (c1);

-- Stage 2 of 2: public.st
--   shape     linear
--   columns   page text
--   identity  key (page)
--   reads     freshet_state.s1
--   index     hash_record_extended(ROW(page), 0)
-- query
SELECT g.k1 AS page
FROM freshet_state.s1 AS g;

-- Delta of freshet_state.s1 when all sources changed
WITH
  __delta1 AS (
    SELECT v.page, v.__weight AS __weight
    FROM (
      SELECT b.page, b.__weight
      FROM changes.visits AS b
    ) AS v
    UNION ALL
    SELECT r.page, r.__weight AS __weight
    FROM (
      SELECT b.page, b.__weight
      FROM changes.returns AS b
    ) AS r
  )
MERGE INTO freshet_state.s1 AS t
USING (
  SELECT raw.k1 AS k1, sum(raw.__weight)::bigint AS p1
  FROM (
    SELECT rows.c1 AS k1, rows.__weight AS __weight
    FROM __delta1 AS rows (c1)
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

-- Delta of public.st when all sources changed
MERGE INTO public.st AS t
USING (
  SELECT DISTINCT ON (net.page) net.page, net.__weight
  FROM (
    SELECT raw.page::text AS page, sum(raw.__weight)::bigint AS __weight
    FROM (
      SELECT g.k1 AS page, g.__weight AS __weight
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
    ) AS raw (page, __weight)
    GROUP BY raw.page::text
    HAVING sum(raw.__weight) <> 0
  ) AS net
  ORDER BY net.page, net.__weight DESC
) AS d
ON (hash_record_extended(ROW(t.page), 0) = hash_record_extended(ROW(d.page), 0))
  AND (t.page IS NOT DISTINCT FROM d.page)
WHEN MATCHED AND (d.__weight < 0) THEN
  DELETE
WHEN NOT MATCHED AND (d.__weight > 0) THEN
  INSERT (page)
  VALUES (d.page);
