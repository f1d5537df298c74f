SELECT freshet.trim_stage('freshet_state.s1_d'::regclass);

-- reads the frontier
-- freshet differential of freshet_state.s1 from 1 relations
MERGE INTO freshet_state.s1 AS t
USING (
  SELECT
    raw.k1 AS k1,
    sum(raw.__weight)::bigint AS p1,
    COALESCE(sum(raw.x1) FILTER (WHERE raw.__weight > 0), 0::bigint) - COALESCE(sum(raw.x1) FILTER (WHERE raw.__weight < 0), 0::bigint) AS p2
  FROM (
    SELECT c.city AS k1, c.id AS x1, c.__weight AS __weight
    FROM (
      (
        SELECT b.c1 AS id, b.c2 AS city, b.c3 AS name, b.weight AS __weight
        FROM freshet_state.c1000_1a AS b
        WHERE ((b.xid >= (SELECT pg_snapshot_xmax($1::text::pg_catalog.pg_snapshot))) OR ((b.xid >= (SELECT pg_snapshot_xmin($1::text::pg_catalog.pg_snapshot))) AND (NOT pg_visible_in_snapshot(b.xid, (SELECT $1::text::pg_catalog.pg_snapshot)))))
          AND (b.xid <> (SELECT $2::text::pg_catalog.xid8))
        LIMIT 100
      )
      UNION ALL
      (
        SELECT b.c1 AS id, b.c2 AS city, b.c3 AS name, b.weight AS __weight
        FROM freshet_state.c1000_1b AS b
        WHERE ((b.xid >= (SELECT pg_snapshot_xmax($1::text::pg_catalog.pg_snapshot))) OR ((b.xid >= (SELECT pg_snapshot_xmin($1::text::pg_catalog.pg_snapshot))) AND (NOT pg_visible_in_snapshot(b.xid, (SELECT $1::text::pg_catalog.pg_snapshot)))))
          AND (b.xid <> (SELECT $2::text::pg_catalog.xid8))
        LIMIT 100
      )
    ) AS c
  ) AS raw (k1, x1, __weight)
  GROUP BY raw.k1
) AS d
ON (hash_record_extended(ROW(t.k1), 0) = hash_record_extended(ROW(d.k1), 0))
  AND (t.k1 IS NOT DISTINCT FROM d.k1)
WHEN MATCHED AND ((t.p1 + d.p1) = 0) THEN
  DELETE
WHEN MATCHED AND ((d.p1 <> 0::bigint) OR (d.p2 <> 0::bigint)) THEN
  UPDATE SET p1 = t.p1 + d.p1, p2 = t.p2 + d.p2
WHEN NOT MATCHED AND (d.p1 <> 0) THEN
  INSERT (k1, p1, p2)
  VALUES (d.k1, d.p1, d.p2);

-- freshet differential of public.st from 1 relations
MERGE INTO public.st AS t
USING (
  SELECT DISTINCT ON (net.city) net.city, net.a, net.__weight
  FROM (
    SELECT raw.city::text AS city, raw.a::numeric AS a, sum(raw.__weight)::bigint AS __weight
    FROM (
      SELECT
        g.k1 AS city,
        CASE WHEN (g.p1 = 0) THEN NULL ELSE (g.p2::numeric / g.p1::numeric) END AS a,
        g.__weight AS __weight
      FROM (
        SELECT b.k1 AS k1, b.p1 AS p1, b.p2 AS p2, b.weight AS __weight
        FROM freshet_state.s1_d AS b
        WHERE CASE WHEN (b.xid = pg_current_xact_id()) THEN true ELSE false END
      ) AS g
    ) AS raw (city, a, __weight)
    GROUP BY raw.city::text, raw.a::numeric, (raw.a::numeric::text COLLATE pg_catalog."C")
    HAVING sum(raw.__weight) <> 0
  ) AS net
  ORDER BY net.city, net.__weight DESC
) AS d
ON (hash_record_extended(ROW(t.city), 0) = hash_record_extended(ROW(d.city), 0))
  AND (t.city IS NOT DISTINCT FROM d.city)
WHEN MATCHED AND (d.__weight < 0) THEN
  DELETE
WHEN MATCHED THEN
  UPDATE SET a = d.a
WHEN NOT MATCHED AND (d.__weight > 0) THEN
  INSERT (city, a)
  VALUES (d.city, d.a);
