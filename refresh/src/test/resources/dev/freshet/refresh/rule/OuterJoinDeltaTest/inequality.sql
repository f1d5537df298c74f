-- Sources
--   shop.visits: customer_id int4, page text not null, seconds float8
--   shop.returns: customer_id int4, page text not null, seconds float8

-- Defining query
SELECT v.page, r.page AS returned
FROM shop.visits v LEFT JOIN shop.returns r ON v.seconds < r.seconds AND r.page = 'home'::text;

-- Stage 1 of 1: public.st
--   shape     linear
--   columns   page text not null, returned text
--   identity  bag
--   reads     shop.returns, shop.visits
--   index     hash_record_extended(ROW(page, returned), 0)
-- query
SELECT __join1.c1 AS page, __join1.c2 AS returned
FROM (
  SELECT v.page AS c1, r.page AS c2, v.seconds AS c3, r.seconds AS c4
  FROM shop.visits AS v
    LEFT JOIN shop.returns AS r ON (v.seconds < r.seconds) AND (r.page = 'home'::text)
) AS __join1;

-- Delta of public.st when all sources changed
WITH
  __delta1 AS (
    (
      (
        (
          (
            SELECT v.page AS c1, r.page AS c2, v.seconds AS c3, r.seconds AS c4, v.__weight AS __weight
            FROM (
              SELECT b.page, b.seconds, b.__weight
              FROM changes.visits AS b
            ) AS v
              JOIN shop.returns AS r ON (v.seconds < r.seconds) AND (r.page = 'home'::text)
            UNION ALL
            SELECT v.page AS c1, r.page AS c2, v.seconds AS c3, r.seconds AS c4, r.__weight AS __weight
            FROM shop.visits AS v
              JOIN (
              SELECT b.page, b.seconds, b.__weight
              FROM changes.returns AS b
            ) AS r ON (v.seconds < r.seconds) AND (r.page = 'home'::text)
          )
          UNION ALL
          SELECT
            v.page AS c1,
            r.page AS c2,
            v.seconds AS c3,
            r.seconds AS c4,
            - (v.__weight * r.__weight) AS __weight
          FROM (
            SELECT b.page, b.seconds, b.__weight
            FROM changes.visits AS b
          ) AS v
            JOIN (
            SELECT b.page, b.seconds, b.__weight
            FROM changes.returns AS b
          ) AS r ON (v.seconds < r.seconds) AND (r.page = 'home'::text)
        )
        UNION ALL
        SELECT v.page AS c1, NULL AS c2, v.seconds AS c3, NULL AS c4, v.__weight AS __weight
        FROM (
          SELECT b.page, b.seconds, b.__weight
          FROM changes.visits AS b
        ) AS v
        WHERE NOT EXISTS (
          SELECT
          FROM shop.returns AS r
          WHERE (v.seconds < r.seconds) AND (r.page = 'home'::text)
        )
      )
      UNION ALL
      SELECT
        v.page AS c1,
        NULL AS c2,
        v.seconds AS c3,
        NULL AS c4,
        CASE WHEN (__now.matches = 0) THEN 1 ELSE (- 1) END AS __weight
      FROM
        (
          SELECT
            sum(r.__weight) OVER (PARTITION BY v.__n) AS __changed,
            row_number() OVER (PARTITION BY v.__n) AS __first,
            v.seconds AS seconds,
            v.page AS page
          FROM
            (
              SELECT row_number() OVER () AS __n, v.seconds AS seconds, v.page AS page
              FROM shop.visits AS v
              WHERE EXISTS (
                SELECT
                FROM (
                  SELECT b.page, b.seconds, b.__weight
                  FROM changes.returns AS b
                ) AS r
                WHERE (v.seconds < r.seconds) AND (r.page = 'home'::text)
              )
            ) AS v,
            (
              SELECT b.page, b.seconds, b.__weight
              FROM changes.returns AS b
            ) AS r
          WHERE (v.seconds < r.seconds) AND (r.page = 'home'::text)
        ) AS v,
        LATERAL (
          SELECT count(*) AS matches
          FROM shop.returns AS r
          WHERE (v.seconds < r.seconds) AND (r.page = 'home'::text)
        ) AS __now
      WHERE (v.__first = 1) AND ((__now.matches = 0) <> ((__now.matches - v.__changed) = 0))
    )
    UNION ALL
    SELECT
      v.page AS c1,
      NULL AS c2,
      v.seconds AS c3,
      NULL AS c4,
      - (v.__weight * CASE WHEN (__now.matches = 0) THEN 1 ELSE (- 1) END) AS __weight
    FROM
      (
        SELECT
          sum(r.__weight) OVER (PARTITION BY v.__n) AS __changed,
          row_number() OVER (PARTITION BY v.__n) AS __first,
          v.seconds AS seconds,
          v.page AS page,
          v.__weight AS __weight
        FROM
          (
            SELECT row_number() OVER () AS __n, v.seconds AS seconds, v.page AS page, v.__weight AS __weight
            FROM (
              SELECT b.page, b.seconds, b.__weight
              FROM changes.visits AS b
            ) AS v
            WHERE EXISTS (
              SELECT
              FROM (
                SELECT b.page, b.seconds, b.__weight
                FROM changes.returns AS b
              ) AS r
              WHERE (v.seconds < r.seconds) AND (r.page = 'home'::text)
            )
          ) AS v,
          (
            SELECT b.page, b.seconds, b.__weight
            FROM changes.returns AS b
          ) AS r
        WHERE (v.seconds < r.seconds) AND (r.page = 'home'::text)
      ) AS v,
      LATERAL (
        SELECT count(*) AS matches
        FROM shop.returns AS r
        WHERE (v.seconds < r.seconds) AND (r.page = 'home'::text)
      ) AS __now
    WHERE (v.__first = 1) AND ((__now.matches = 0) <> ((__now.matches - v.__changed) = 0))
  ),
  delta AS MATERIALIZED (
    SELECT net.*, row_number() OVER () AS __row
    FROM (
      SELECT
        raw.page::text AS page,
        raw.returned::text AS returned,
        sum(raw.__weight)::bigint AS __weight
      FROM (
        SELECT __join1.c1 AS page, __join1.c2 AS returned, __join1.__weight AS __weight
        FROM __delta1 AS __join1
      ) AS raw (page, returned, __weight)
      GROUP BY raw.page::text, raw.returned::text
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
          WHERE (hash_record_extended(ROW(t.page, t.returned), 0) = hash_record_extended(ROW(d.page, d.returned), 0))
            AND record_image_eq(ROW(t.page, t.returned), ROW(d.page, d.returned))
            AND (d.__weight < 0)
        ) AS f
        WHERE f.copy <= (- f.__weight)
      )
    )
  )
INSERT INTO public.st (page, returned)
SELECT d.page, d.returned
FROM delta AS d, generate_series(1, d.__weight) AS copy
WHERE d.__weight > 0;
