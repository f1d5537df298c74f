-- Sources
--   shop.visits: customer_id int4, page text not null, seconds float8

-- Defining query
SELECT sum(v.seconds) AS seconds FROM shop.visits v GROUP BY v.page;

-- Stage 1 of 2: freshet_state.s1
--   shape     recomputed groups by k1 text not null
--   columns   k1 text not null, a1 float8
--   identity  key (k1)
--   reads     shop.visits
-- query
SELECT v.page AS k1, sum(v.seconds) AS a1
FROM shop.visits AS v
GROUP BY v.page;

-- Stage 2 of 2: public.st
--   shape     linear
--   columns   seconds float8
--   identity  bag
--   reads     freshet_state.s1
--   index     hash_record_extended(ROW(seconds), 0)
-- query
SELECT g.a1 AS seconds
FROM freshet_state.s1 AS g;

-- Delta of freshet_state.s1 when shop.visits changed
WITH
  touched AS MATERIALIZED (
    SELECT DISTINCT raw.k1
    FROM (
      SELECT v.page AS k1, v.__weight AS __weight
      FROM (
        SELECT b.page, b.seconds, b.__weight
        FROM changes.visits AS b
      ) AS v
    ) AS raw (k1, __weight)
  ),
  fresh (k1, a1) AS MATERIALIZED (
    SELECT v.page AS k1, sum(v.seconds) AS a1
    FROM shop.visits AS v, touched AS __touched
    WHERE v.page = __touched.k1
    GROUP BY v.page
  )
MERGE INTO freshet_state.s1 AS t
USING (
  SELECT f.*, true AS __live
  FROM fresh AS f
  UNION ALL
  SELECT t.k1, t.a1, false AS __live
  FROM freshet_state.s1 AS t, touched AS x
  WHERE (t.k1 = x.k1)
    AND (
    NOT EXISTS (
      SELECT
      FROM fresh AS f
      WHERE f.k1 = t.k1
    )
  )
) AS d
ON t.k1 = d.k1
WHEN MATCHED AND (NOT d.__live) THEN
  DELETE
WHEN MATCHED AND (NOT record_image_eq(ROW(t.k1, t.a1), ROW(d.k1, d.a1))) THEN
  UPDATE SET k1 = d.k1, a1 = d.a1
WHEN NOT MATCHED AND d.__live THEN
  INSERT (k1, a1)
  VALUES (d.k1, d.a1);

-- Delta of public.st when shop.visits changed
WITH
  delta AS MATERIALIZED (
    SELECT net.*, row_number() OVER () AS __row
    FROM (
      SELECT raw.seconds::double precision AS seconds, sum(raw.__weight)::bigint AS __weight
      FROM (
        SELECT g.a1 AS seconds, g.__weight AS __weight
        FROM (
          SELECT raw.a1::double precision AS a1, sum(raw.__weight)::bigint AS __weight
          FROM (
            SELECT __changes.a1 AS a1, __changes.__weight AS __weight
            FROM (
              SELECT b.k1, b.a1, b.__weight
              FROM changes.s1 AS b
            ) AS __changes
          ) AS raw (a1, __weight)
          GROUP BY raw.a1::double precision, (raw.a1::double precision::text COLLATE pg_catalog."C")
          HAVING sum(raw.__weight) <> 0
        ) AS g
      ) AS raw (seconds, __weight)
      GROUP BY
        raw.seconds::double precision,
        (raw.seconds::double precision::text COLLATE pg_catalog."C")
      HAVING sum(raw.__weight) <> 0
    ) AS net
  ),
  gone AS (
    DELETE FROM public.st AS t
    WHERE t.ctid = ANY (
      ARRAY(
        SELECT f.place
        FROM (
          SELECT t.ctid AS place, d.__weight AS __weight, row_number() OVER (PARTITION BY d.__row) AS copy
          FROM delta AS d, public.st AS t
          WHERE (hash_record_extended(ROW(t.seconds), 0) = hash_record_extended(ROW(d.seconds), 0))
            AND record_image_eq(ROW(t.seconds), ROW(d.seconds))
            AND (d.__weight < 0)
        ) AS f
        WHERE f.copy <= (- f.__weight)
      )
    )
  )
INSERT INTO public.st (seconds)
SELECT d.seconds
FROM delta AS d, generate_series(1, d.__weight) AS copy
WHERE d.__weight > 0;
