-- Sources
--   shop.visits: customer_id int4, page text not null, seconds float8
--   shop.returns: customer_id int4, page text not null, seconds float8

-- Defining query
SELECT v.page FROM shop.visits v INTERSECT SELECT r.page FROM shop.returns r;

-- Stage 1 of 2: freshet_state.s1
--   shape     recomputed partitions by c1 text
--   columns   c1 text
--   identity  bag
--   reads     shop.returns, shop.visits
--   index     hash_record_extended(ROW(c1), 0)
-- query
SELECT q.*
FROM (
  SELECT v.page
  FROM shop.visits AS v
  INTERSECT
  SELECT r.page
  FROM shop.returns AS r
) AS q (c1);
-- touching
SELECT q.c1::text AS k1
FROM (
  SELECT v.page
  FROM shop.visits AS v
) AS q (c1)
UNION ALL
SELECT q.c1::text AS k1
FROM (
  SELECT r.page
  FROM shop.returns AS r
) AS q (c1);
-- restricted
(
  SELECT q.c1::text AS c1
  FROM
    (
      SELECT v.page
      FROM shop.visits AS v
    ) AS q (c1),
    touched AS __touched
  WHERE q.c1::text = __touched.k1
  UNION ALL
  SELECT q.c1::text AS c1
  FROM
    (
      SELECT v.page
      FROM shop.visits AS v
    ) AS q (c1),
    touched AS __touched
  WHERE (q.c1::text IS NULL) AND (__touched.k1 IS NULL)
)
INTERSECT
(
  SELECT q.c1::text AS c1
  FROM
    (
      SELECT r.page
      FROM shop.returns AS r
    ) AS q (c1),
    touched AS __touched
  WHERE q.c1::text = __touched.k1
  UNION ALL
  SELECT q.c1::text AS c1
  FROM
    (
      SELECT r.page
      FROM shop.returns AS r
    ) AS q (c1),
    touched AS __touched
  WHERE (q.c1::text IS NULL) AND (__touched.k1 IS NULL)
);

-- Stage 2 of 2: public.st
--   shape     linear
--   columns   page text
--   identity  bag
--   reads     freshet_state.s1
--   index     hash_record_extended(ROW(page), 0)
-- query
SELECT o.c1 AS page
FROM freshet_state.s1 AS o;

-- Delta of freshet_state.s1 when all sources changed
WITH
  touched AS MATERIALIZED (
    SELECT DISTINCT raw.k1
    FROM (
      SELECT q.c1::text AS k1, q.__weight AS __weight
      FROM (
        SELECT v.page, v.__weight AS __weight
        FROM (
          SELECT b.page, b.__weight
          FROM changes.visits AS b
        ) AS v
      ) AS q (c1)
      UNION ALL
      SELECT q.c1::text AS k1, q.__weight AS __weight
      FROM (
        SELECT r.page, r.__weight AS __weight
        FROM (
          SELECT b.page, b.__weight
          FROM changes.returns AS b
        ) AS r
      ) AS q (c1)
    ) AS raw (k1, __weight)
  ),
  wanted (c1) AS MATERIALIZED (
    (
      SELECT q.c1::text AS c1
      FROM
        (
          SELECT v.page
          FROM shop.visits AS v
        ) AS q (c1),
        touched AS __touched
      WHERE q.c1::text = __touched.k1
      UNION ALL
      SELECT q.c1::text AS c1
      FROM
        (
          SELECT v.page
          FROM shop.visits AS v
        ) AS q (c1),
        touched AS __touched
      WHERE (q.c1::text IS NULL) AND (__touched.k1 IS NULL)
    )
    INTERSECT
    (
      SELECT q.c1::text AS c1
      FROM
        (
          SELECT r.page
          FROM shop.returns AS r
        ) AS q (c1),
        touched AS __touched
      WHERE q.c1::text = __touched.k1
      UNION ALL
      SELECT q.c1::text AS c1
      FROM
        (
          SELECT r.page
          FROM shop.returns AS r
        ) AS q (c1),
        touched AS __touched
      WHERE (q.c1::text IS NULL) AND (__touched.k1 IS NULL)
    )
  ),
  fresh AS MATERIALIZED (
    SELECT w.c1, row_number() OVER (PARTITION BY w.c1) AS __copy
    FROM wanted AS w
  ),
  have AS MATERIALIZED (
    SELECT t.c1, row_number() OVER (PARTITION BY t.c1) AS __copy, t.ctid AS __place
    FROM freshet_state.s1 AS t
    WHERE EXISTS (
      SELECT
      FROM touched AS x
      WHERE (hash_record_extended(ROW(t.c1), 0) = hash_record_extended(ROW(x.k1), 0))
        AND (t.c1 IS NOT DISTINCT FROM x.k1)
    )
  ),
  gone AS (
    DELETE FROM freshet_state.s1 AS t
    WHERE t.ctid = ANY (
      ARRAY(
        SELECT h.__place
        FROM have AS h
        WHERE NOT EXISTS (
          SELECT
          FROM fresh AS f
          WHERE (hash_record_extended(ROW(f.c1), 0) = hash_record_extended(ROW(h.c1), 0))
            AND record_image_eq(ROW(f.c1), ROW(h.c1))
            AND (f.__copy = h.__copy)
        )
      )
    )
  )
INSERT INTO freshet_state.s1 (c1)
SELECT f.c1
FROM fresh AS f
WHERE NOT EXISTS (
  SELECT
  FROM have AS h
  WHERE (hash_record_extended(ROW(h.c1), 0) = hash_record_extended(ROW(f.c1), 0))
    AND record_image_eq(ROW(h.c1), ROW(f.c1))
    AND (h.__copy = f.__copy)
);

-- Delta of public.st when all sources changed
WITH
  delta AS MATERIALIZED (
    SELECT net.*, row_number() OVER () AS __row
    FROM (
      SELECT raw.page::text AS page, sum(raw.__weight)::bigint AS __weight
      FROM (
        SELECT o.c1 AS page, o.__weight AS __weight
        FROM (
          SELECT b.c1, b.__weight
          FROM changes.s1 AS b
        ) AS o
      ) AS raw (page, __weight)
      GROUP BY raw.page::text
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
          WHERE (hash_record_extended(ROW(t.page), 0) = hash_record_extended(ROW(d.page), 0))
            AND record_image_eq(ROW(t.page), ROW(d.page))
            AND (d.__weight < 0)
        ) AS f
        WHERE f.copy <= (- f.__weight)
      )
    )
  )
INSERT INTO public.st (page)
SELECT d.page
FROM delta AS d, generate_series(1, d.__weight) AS copy
WHERE d.__weight > 0;
