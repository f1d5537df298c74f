SELECT freshet.trim_stage('freshet_state.s1_d'::regclass);

SELECT freshet.remove_twins('public.st'::regclass, ARRAY['city']);

-- freshet full of freshet_state.s1 from 1 relations
WITH
  fresh (k1, p1, p2) AS MATERIALIZED (
    SELECT c.city AS k1, count(*) AS p1, sum(c.id) AS p2
    FROM shop.customers AS c
    GROUP BY c.city
  ),
  gone AS (
    DELETE FROM freshet_state.s1 AS t
    WHERE NOT EXISTS (
      SELECT
      FROM fresh AS f
      WHERE (hash_record_extended(ROW(f.k1), 0) = hash_record_extended(ROW(t.k1), 0))
        AND (f.k1 IS NOT DISTINCT FROM t.k1)
    )
  )
MERGE INTO freshet_state.s1 AS t
USING fresh AS d
ON (hash_record_extended(ROW(t.k1), 0) = hash_record_extended(ROW(d.k1), 0))
  AND (t.k1 IS NOT DISTINCT FROM d.k1)
WHEN MATCHED AND (NOT record_image_eq(ROW(t.k1, t.p1, t.p2), ROW(d.k1, d.p1, d.p2))) THEN
  UPDATE SET k1 = d.k1, p1 = d.p1, p2 = d.p2
WHEN NOT MATCHED THEN
  INSERT (k1, p1, p2)
  VALUES (d.k1, d.p1, d.p2);

-- freshet full of public.st from 1 relations
WITH
  fresh (city, a) AS MATERIALIZED (
    SELECT g.k1 AS city, CASE WHEN (g.p1 = 0) THEN NULL ELSE (g.p2::numeric / g.p1::numeric) END AS a
    FROM freshet_state.s1 AS g
  ),
  gone AS (
    DELETE FROM public.st AS t
    WHERE NOT EXISTS (
      SELECT
      FROM fresh AS f
      WHERE (hash_record_extended(ROW(f.city), 0) = hash_record_extended(ROW(t.city), 0))
        AND (f.city IS NOT DISTINCT FROM t.city)
    )
  )
MERGE INTO public.st AS t
USING fresh AS d
ON (hash_record_extended(ROW(t.city), 0) = hash_record_extended(ROW(d.city), 0))
  AND (t.city IS NOT DISTINCT FROM d.city)
WHEN MATCHED AND (NOT record_image_eq(ROW(t.city, t.a), ROW(d.city, d.a))) THEN
  UPDATE SET city = d.city, a = d.a
WHEN NOT MATCHED THEN
  INSERT (city, a)
  VALUES (d.city, d.a);
