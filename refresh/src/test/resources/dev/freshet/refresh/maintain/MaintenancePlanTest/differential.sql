-- reads the frontier
-- freshet differential of public.st from 1 relations
MERGE INTO public.st AS t
USING (
  SELECT DISTINCT ON (net.id) net.id, net.amount, net.__weight
  FROM (
    SELECT raw.id::integer AS id, raw.amount::integer AS amount, sum(raw.__weight)::bigint AS __weight
    FROM (
      SELECT o.id, o.amount, o.__weight AS __weight
      FROM (
        (
          SELECT b.c1 AS id, b.c2 AS customer_id, b.c3 AS amount, b.weight AS __weight
          FROM freshet_state.c1001_1a AS b
          WHERE ((b.xid >= (SELECT pg_snapshot_xmax($1::text::pg_catalog.pg_snapshot))) OR ((b.xid >= (SELECT pg_snapshot_xmin($1::text::pg_catalog.pg_snapshot))) AND (NOT pg_visible_in_snapshot(b.xid, (SELECT $1::text::pg_catalog.pg_snapshot)))))
            AND (b.xid <> (SELECT $2::text::pg_catalog.xid8))
          LIMIT 100
        )
        UNION ALL
        (
          SELECT b.c1 AS id, b.c2 AS customer_id, b.c3 AS amount, b.weight AS __weight
          FROM freshet_state.c1001_1b AS b
          WHERE ((b.xid >= (SELECT pg_snapshot_xmax($1::text::pg_catalog.pg_snapshot))) OR ((b.xid >= (SELECT pg_snapshot_xmin($1::text::pg_catalog.pg_snapshot))) AND (NOT pg_visible_in_snapshot(b.xid, (SELECT $1::text::pg_catalog.pg_snapshot)))))
            AND (b.xid <> (SELECT $2::text::pg_catalog.xid8))
          LIMIT 100
        )
      ) AS o
      WHERE o.amount > 10
    ) AS raw (id, amount, __weight)
    GROUP BY raw.id::integer, raw.amount::integer
    HAVING sum(raw.__weight) <> 0
  ) AS net
  ORDER BY net.id, net.__weight DESC
) AS d
ON t.id = d.id
WHEN MATCHED AND (d.__weight < 0) THEN
  DELETE
WHEN MATCHED THEN
  UPDATE SET amount = d.amount
WHEN NOT MATCHED AND (d.__weight > 0) THEN
  INSERT (id, amount)
  VALUES (d.id, d.amount);
