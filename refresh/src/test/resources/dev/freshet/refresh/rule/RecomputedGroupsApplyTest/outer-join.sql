-- Sources
--   shop.customers: id int4 not null, city text, name text not null; key (id)
--   shop.visits: customer_id int4, page text not null, seconds float8

-- Defining query
SELECT c.id, sum(v.seconds) AS seconds
FROM shop.customers c LEFT JOIN shop.visits v ON v.customer_id = c.id
GROUP BY c.id;

-- Stage 1 of 1: public.st
--   shape     recomputed groups by id int4 not null
--   columns   id int4 not null, seconds float8
--   identity  key (id)
--   reads     shop.customers, shop.visits
-- query
SELECT __join1.c1 AS id, sum(__join1.c2) AS seconds
FROM (
  SELECT c.id AS c1, v.seconds AS c2, v.customer_id AS c3
  FROM shop.customers AS c
    LEFT JOIN shop.visits AS v ON v.customer_id = c.id
) AS __join1
GROUP BY __join1.c1;

-- Delta of public.st when all sources changed
WITH
  __delta1 AS (
    (
      (
        (
          (
            SELECT c.id AS c1, v.seconds AS c2, v.customer_id AS c3, c.__weight AS __weight
            FROM (
              SELECT b.id, b.__weight
              FROM changes.customers AS b
            ) AS c
              JOIN shop.visits AS v ON v.customer_id = c.id
            UNION ALL
            SELECT c.id AS c1, v.seconds AS c2, v.customer_id AS c3, v.__weight AS __weight
            FROM shop.customers AS c
              JOIN (
              SELECT b.customer_id, b.seconds, b.__weight
              FROM changes.visits AS b
            ) AS v ON v.customer_id = c.id
          )
          UNION ALL
          SELECT c.id AS c1, v.seconds AS c2, v.customer_id AS c3, - (c.__weight * v.__weight) AS __weight
          FROM (
            SELECT b.id, b.__weight
            FROM changes.customers AS b
          ) AS c
            JOIN (
            SELECT b.customer_id, b.seconds, b.__weight
            FROM changes.visits AS b
          ) AS v ON v.customer_id = c.id
        )
        UNION ALL
        SELECT c.id AS c1, NULL AS c2, NULL AS c3, c.__weight AS __weight
        FROM (
          SELECT b.id, b.__weight
          FROM changes.customers AS b
        ) AS c
        WHERE NOT EXISTS (
          SELECT
          FROM shop.visits AS v
          WHERE v.customer_id = c.id
        )
      )
      UNION ALL
      SELECT
        c.id AS c1,
        NULL AS c2,
        NULL AS c3,
        CASE WHEN (__now.matches = 0) THEN 1 ELSE (- 1) END AS __weight
      FROM
        (
          SELECT
            sum(v.__weight) OVER (PARTITION BY c.__n) AS __changed,
            row_number() OVER (PARTITION BY c.__n) AS __first,
            c.id AS id
          FROM
            (
              SELECT row_number() OVER () AS __n, c.id AS id
              FROM shop.customers AS c
              WHERE EXISTS (
                SELECT
                FROM (
                  SELECT b.customer_id, b.seconds, b.__weight
                  FROM changes.visits AS b
                ) AS v
                WHERE v.customer_id = c.id
              )
            ) AS c,
            (
              SELECT b.customer_id, b.seconds, b.__weight
              FROM changes.visits AS b
            ) AS v
          WHERE v.customer_id = c.id
        ) AS c,
        LATERAL (
          SELECT count(*) AS matches
          FROM shop.visits AS v
          WHERE v.customer_id = c.id
        ) AS __now
      WHERE (c.__first = 1) AND ((__now.matches = 0) <> ((__now.matches - c.__changed) = 0))
    )
    UNION ALL
    SELECT
      c.id AS c1,
      NULL AS c2,
      NULL AS c3,
      - (c.__weight * CASE WHEN (__now.matches = 0) THEN 1 ELSE (- 1) END) AS __weight
    FROM
      (
        SELECT
          sum(v.__weight) OVER (PARTITION BY c.__n) AS __changed,
          row_number() OVER (PARTITION BY c.__n) AS __first,
          c.id AS id,
          c.__weight AS __weight
        FROM
          (
            SELECT row_number() OVER () AS __n, c.id AS id, c.__weight AS __weight
            FROM (
              SELECT b.id, b.__weight
              FROM changes.customers AS b
            ) AS c
            WHERE EXISTS (
              SELECT
              FROM (
                SELECT b.customer_id, b.seconds, b.__weight
                FROM changes.visits AS b
              ) AS v
              WHERE v.customer_id = c.id
            )
          ) AS c,
          (
            SELECT b.customer_id, b.seconds, b.__weight
            FROM changes.visits AS b
          ) AS v
        WHERE v.customer_id = c.id
      ) AS c,
      LATERAL (
        SELECT count(*) AS matches
        FROM shop.visits AS v
        WHERE v.customer_id = c.id
      ) AS __now
    WHERE (c.__first = 1) AND ((__now.matches = 0) <> ((__now.matches - c.__changed) = 0))
  ),
  touched AS MATERIALIZED (
    SELECT DISTINCT raw.k1
    FROM (
      SELECT __join1.c1 AS k1, __join1.__weight AS __weight
      FROM __delta1 AS __join1
    ) AS raw (k1, __weight)
  ),
  fresh (id, seconds) AS MATERIALIZED (
    SELECT __join1.c1 AS id, sum(__join1.c2) AS seconds
    FROM
      (
        SELECT c.id AS c1, v.seconds AS c2, v.customer_id AS c3
        FROM shop.customers AS c
          LEFT JOIN shop.visits AS v ON v.customer_id = c.id
      ) AS __join1,
      touched AS __touched
    WHERE __join1.c1 = __touched.k1
    GROUP BY __join1.c1
  )
MERGE INTO public.st AS t
USING (
  SELECT f.*, true AS __live
  FROM fresh AS f
  UNION ALL
  SELECT t.id, t.seconds, false AS __live
  FROM public.st AS t, touched AS x
  WHERE (t.id = x.k1)
    AND (
    NOT EXISTS (
      SELECT
      FROM fresh AS f
      WHERE f.id = t.id
    )
  )
) AS d
ON t.id = d.id
WHEN MATCHED AND (NOT d.__live) THEN
  DELETE
WHEN MATCHED AND (NOT record_image_eq(ROW(t.id, t.seconds), ROW(d.id, d.seconds))) THEN
  UPDATE SET id = d.id, seconds = d.seconds
WHEN NOT MATCHED AND d.__live THEN
  INSERT (id, seconds)
  VALUES (d.id, d.seconds);
