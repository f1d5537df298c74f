-- Sources
--   shop.visits: customer_id int4, page text not null, seconds float8
--   shop.returns: customer_id int4, page text not null, seconds float8

-- Defining query
SELECT v.page, v.customer_id FROM shop.visits v EXCEPT ALL SELECT r.page, r.customer_id FROM shop.returns r;

-- Stage 1 of 2: freshet_state.s1
--   shape     recomputed partitions by c1 text, c2 int4
--   columns   c1 text, c2 int4
--   identity  bag
--   reads     shop.returns, shop.visits
--   index     hash_record_extended(ROW(c1, c2), 0)
-- query
SELECT q.*
FROM (
  SELECT v.page, v.customer_id
  FROM shop.visits AS v
  EXCEPT ALL
  SELECT r.page, r.customer_id
  FROM shop.returns AS r
) AS q (c1, c2);
-- touching
SELECT q.c1::text AS k1, q.c2::integer AS k2
FROM (
  SELECT v.page, v.customer_id
  FROM shop.visits AS v
) AS q (c1, c2)
UNION ALL
SELECT q.c1::text AS k1, q.c2::integer AS k2
FROM (
  SELECT r.page, r.customer_id
  FROM shop.returns AS r
) AS q (c1, c2);
-- restricted
SELECT q.c1::text AS c1, q.c2::integer AS c2
FROM
  (
    SELECT v.page, v.customer_id
    FROM shop.visits AS v
  ) AS q (c1, c2),
  touched AS __touched
WHERE (hash_record_extended(ROW(q.c1::text, q.c2::integer), 0) = hash_record_extended(ROW(__touched.k1, __touched.k2), 0))
  AND (q.c1::text IS NOT DISTINCT FROM __touched.k1)
  AND (q.c2::integer IS NOT DISTINCT FROM __touched.k2)
EXCEPT ALL
SELECT q.c1::text AS c1, q.c2::integer AS c2
FROM
  (
    SELECT r.page, r.customer_id
    FROM shop.returns AS r
  ) AS q (c1, c2),
  touched AS __touched
WHERE (hash_record_extended(ROW(q.c1::text, q.c2::integer), 0) = hash_record_extended(ROW(__touched.k1, __touched.k2), 0))
  AND (q.c1::text IS NOT DISTINCT FROM __touched.k1)
  AND (q.c2::integer IS NOT DISTINCT FROM __touched.k2);

-- Stage 2 of 2: public.st
--   shape     linear
--   columns   page text, customer_id int4
--   identity  bag
--   reads     freshet_state.s1
--   index     hash_record_extended(ROW(page, customer_id), 0)
-- query
SELECT o.c1 AS page, o.c2 AS customer_id
FROM freshet_state.s1 AS o;

-- Delta of freshet_state.s1 when all sources changed
WITH
  touched AS MATERIALIZED (
    SELECT DISTINCT raw.k1, raw.k2
    FROM (
      SELECT q.c1::text AS k1, q.c2::integer AS k2, q.__weight AS __weight
      FROM (
        SELECT v.page, v.customer_id, v.__weight AS __weight
        FROM (
          SELECT b.customer_id, b.page, b.__weight
          FROM changes.visits AS b
        ) AS v
      ) AS q (c1, c2)
      UNION ALL
      SELECT q.c1::text AS k1, q.c2::integer AS k2, q.__weight AS __weight
      FROM (
        SELECT r.page, r.customer_id, r.__weight AS __weight
        FROM (
          SELECT b.customer_id, b.page, b.__weight
          FROM changes.returns AS b
        ) AS r
      ) AS q (c1, c2)
    ) AS raw (k1, k2, __weight)
  ),
  wanted (c1, c2) AS MATERIALIZED (
    SELECT q.c1::text AS c1, q.c2::integer AS c2
    FROM
      (
        SELECT v.page, v.customer_id
        FROM shop.visits AS v
      ) AS q (c1, c2),
      touched AS __touched
    WHERE (hash_record_extended(ROW(q.c1::text, q.c2::integer), 0) = hash_record_extended(ROW(__touched.k1, __touched.k2), 0))
      AND (q.c1::text IS NOT DISTINCT FROM __touched.k1)
      AND (q.c2::integer IS NOT DISTINCT FROM __touched.k2)
    EXCEPT ALL
    SELECT q.c1::text AS c1, q.c2::integer AS c2
    FROM
      (
        SELECT r.page, r.customer_id
        FROM shop.returns AS r
      ) AS q (c1, c2),
      touched AS __touched
    WHERE (hash_record_extended(ROW(q.c1::text, q.c2::integer), 0) = hash_record_extended(ROW(__touched.k1, __touched.k2), 0))
      AND (q.c1::text IS NOT DISTINCT FROM __touched.k1)
      AND (q.c2::integer IS NOT DISTINCT FROM __touched.k2)
  ),
  fresh AS MATERIALIZED (
    SELECT w.c1, w.c2, row_number() OVER (PARTITION BY w.c1, w.c2) AS __copy
    FROM wanted AS w
  ),
  have AS MATERIALIZED (
    SELECT t.c1, t.c2, row_number() OVER (PARTITION BY t.c1, t.c2) AS __copy, t.ctid AS __place
    FROM freshet_state.s1 AS t
    WHERE EXISTS (
      SELECT
      FROM touched AS x
      WHERE (hash_record_extended(ROW(t.c1, t.c2), 0) = hash_record_extended(ROW(x.k1, x.k2), 0))
        AND (t.c1 IS NOT DISTINCT FROM x.k1)
        AND (t.c2 IS NOT DISTINCT FROM x.k2)
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
          WHERE (hash_record_extended(ROW(f.c1, f.c2), 0) = hash_record_extended(ROW(h.c1, h.c2), 0))
            AND record_image_eq(ROW(f.c1, f.c2), ROW(h.c1, h.c2))
            AND (f.__copy = h.__copy)
        )
      )
    )
  )
INSERT INTO freshet_state.s1 (c1, c2)
SELECT f.c1, f.c2
FROM fresh AS f
WHERE NOT EXISTS (
  SELECT
  FROM have AS h
  WHERE (hash_record_extended(ROW(h.c1, h.c2), 0) = hash_record_extended(ROW(f.c1, f.c2), 0))
    AND record_image_eq(ROW(h.c1, h.c2), ROW(f.c1, f.c2))
    AND (h.__copy = f.__copy)
);

-- Delta of public.st when all sources changed
WITH
  delta AS MATERIALIZED (
    SELECT net.*, row_number() OVER () AS __row
    FROM (
      SELECT
        raw.page::text AS page,
        raw.customer_id::integer AS customer_id,
        sum(raw.__weight)::bigint AS __weight
      FROM (
        SELECT o.c1 AS page, o.c2 AS customer_id, o.__weight AS __weight
        FROM (
          SELECT b.c1, b.c2, b.__weight
          FROM changes.s1 AS b
        ) AS o
      ) AS raw (page, customer_id, __weight)
      GROUP BY raw.page::text, raw.customer_id::integer
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
          WHERE (hash_record_extended(ROW(t.page, t.customer_id), 0) = hash_record_extended(ROW(d.page, d.customer_id), 0))
            AND record_image_eq(ROW(t.page, t.customer_id), ROW(d.page, d.customer_id))
            AND (d.__weight < 0)
        ) AS f
        WHERE f.copy <= (- f.__weight)
      )
    )
  )
INSERT INTO public.st (page, customer_id)
SELECT d.page, d.customer_id
FROM delta AS d, generate_series(1, d.__weight) AS copy
WHERE d.__weight > 0;
