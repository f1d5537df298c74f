-- reads the frontier
-- freshet differential of public.st from 1 relations
INSERT INTO public.st (id, amount)
SELECT d.id, d.amount
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
) AS d (id, amount, __weight);
