-- Sources
--   shop.documents: id int4 not null, body json, place point, home shop.address; key (id)
--   shop.visits: customer_id int4, page text not null, seconds float8

-- Defining query
SELECT d.id, array_agg(v.page) AS pages, d.body
FROM shop.documents d JOIN shop.visits v ON v.customer_id = d.id
GROUP BY d.id;

-- Stage 1 of 1: public.st
--   shape     recomputed groups by id int4 not null
--   columns   id int4 not null, pages text[], body json
--   identity  key (id)
--   reads     shop.documents, shop.visits
-- query
SELECT d.id, array_agg(v.page) AS pages, d.body
FROM shop.documents AS d
  JOIN shop.visits AS v ON v.customer_id = d.id
GROUP BY d.id;

-- Delta of public.st when all sources changed
WITH
  touched AS MATERIALIZED (
    SELECT DISTINCT raw.k1
    FROM (
      (
        SELECT d.id AS k1, d.__weight AS __weight
        FROM (
          SELECT b.id, b.body, b.__weight
          FROM changes.documents AS b
        ) AS d
          JOIN shop.visits AS v ON v.customer_id = d.id
        UNION ALL
        SELECT d.id AS k1, v.__weight AS __weight
        FROM shop.documents AS d
          JOIN (
          SELECT b.customer_id, b.page, b.__weight
          FROM changes.visits AS b
        ) AS v ON v.customer_id = d.id
      )
      UNION ALL
      SELECT d.id AS k1, - (d.__weight * v.__weight) AS __weight
      FROM (
        SELECT b.id, b.body, b.__weight
        FROM changes.documents AS b
      ) AS d
        JOIN (
        SELECT b.customer_id, b.page, b.__weight
        FROM changes.visits AS b
      ) AS v ON v.customer_id = d.id
    ) AS raw (k1, __weight)
  ),
  fresh (id, pages, body) AS MATERIALIZED (
    SELECT d.id, array_agg(v.page) AS pages, d.body
    FROM
      shop.documents AS d
        JOIN shop.visits AS v ON v.customer_id = d.id,
      touched AS __touched
    WHERE d.id = __touched.k1
    GROUP BY d.id
  )
MERGE INTO public.st AS t
USING (
  SELECT f.*, true AS __live
  FROM fresh AS f
  UNION ALL
  SELECT t.id, t.pages, t.body, false AS __live
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
WHEN MATCHED AND (NOT record_image_eq(ROW(t.id, t.pages, t.body), ROW(d.id, d.pages, d.body))) THEN
  UPDATE SET id = d.id, pages = d.pages, body = d.body
WHEN NOT MATCHED AND d.__live THEN
  INSERT (id, pages, body)
  VALUES (d.id, d.pages, d.body);

-- Delta of public.st when shop.documents alone changed
WITH
  touched AS MATERIALIZED (
    SELECT DISTINCT raw.k1
    FROM (
      SELECT d.id AS k1, d.__weight AS __weight
      FROM (
        SELECT b.id, b.body, b.__weight
        FROM changes.documents AS b
      ) AS d
        JOIN shop.visits AS v ON v.customer_id = d.id
    ) AS raw (k1, __weight)
  ),
  fresh (id, pages, body) AS MATERIALIZED (
    SELECT d.id, array_agg(v.page) AS pages, d.body
    FROM
      shop.documents AS d
        JOIN shop.visits AS v ON v.customer_id = d.id,
      touched AS __touched
    WHERE d.id = __touched.k1
    GROUP BY d.id
  )
MERGE INTO public.st AS t
USING (
  SELECT f.*, true AS __live
  FROM fresh AS f
  UNION ALL
  SELECT t.id, t.pages, t.body, false AS __live
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
WHEN MATCHED AND (NOT record_image_eq(ROW(t.id, t.pages, t.body), ROW(d.id, d.pages, d.body))) THEN
  UPDATE SET id = d.id, pages = d.pages, body = d.body
WHEN NOT MATCHED AND d.__live THEN
  INSERT (id, pages, body)
  VALUES (d.id, d.pages, d.body);

-- Delta of public.st when shop.visits alone changed
WITH
  touched AS MATERIALIZED (
    SELECT DISTINCT raw.k1
    FROM (
      SELECT d.id AS k1, v.__weight AS __weight
      FROM shop.documents AS d
        JOIN (
        SELECT b.customer_id, b.page, b.__weight
        FROM changes.visits AS b
      ) AS v ON v.customer_id = d.id
    ) AS raw (k1, __weight)
  ),
  fresh (id, pages, body) AS MATERIALIZED (
    SELECT d.id, array_agg(v.page) AS pages, d.body
    FROM
      shop.documents AS d
        JOIN shop.visits AS v ON v.customer_id = d.id,
      touched AS __touched
    WHERE d.id = __touched.k1
    GROUP BY d.id
  )
MERGE INTO public.st AS t
USING (
  SELECT f.*, true AS __live
  FROM fresh AS f
  UNION ALL
  SELECT t.id, t.pages, t.body, false AS __live
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
WHEN MATCHED AND (NOT record_image_eq(ROW(t.id, t.pages, t.body), ROW(d.id, d.pages, d.body))) THEN
  UPDATE SET id = d.id, pages = d.pages, body = d.body
WHEN NOT MATCHED AND d.__live THEN
  INSERT (id, pages, body)
  VALUES (d.id, d.pages, d.body);
