-- Sources
--   shop.customers: id int4 not null, city text, name text not null; key (id)
--   shop.visits: customer_id int4, page text not null, seconds float8

-- Defining query
SELECT c.id, near.page
FROM shop.customers c, LATERAL (SELECT v.page FROM shop.visits v WHERE v.customer_id = c.id) near;

-- Stage 1 of 1: public.st
--   shape     linear
--   columns   id int4 not null, page text not null
--   identity  bag
--   reads     shop.customers, shop.visits
--   index     hash_record_extended(ROW(id, page), 0)
-- query
SELECT c.id, near.page
FROM
  shop.customers AS c,
  LATERAL (
    SELECT v.page
    FROM shop.visits AS v
    WHERE v.customer_id = c.id
  ) AS near;

-- Delta of public.st when all sources changed
WITH
  delta AS MATERIALIZED (
    SELECT net.*, row_number() OVER () AS __row
    FROM (
      SELECT raw.id::integer AS id, raw.page::text AS page, sum(raw.__weight)::bigint AS __weight
      FROM (
        (
          SELECT c.id, near.page, c.__weight AS __weight
          FROM
            (
              SELECT b.id, b.__weight
              FROM changes.customers AS b
            ) AS c,
            LATERAL (
              SELECT v.page
              FROM shop.visits AS v
              WHERE v.customer_id = c.id
            ) AS near
          UNION ALL
          SELECT c.id, near.page, near.__weight AS __weight
          FROM
            shop.customers AS c,
            LATERAL (
              SELECT v.page, v.__weight AS __weight
              FROM (
                SELECT b.customer_id, b.page, b.__weight
                FROM changes.visits AS b
              ) AS v
              WHERE v.customer_id = c.id
            ) AS near
        )
        UNION ALL
        SELECT c.id, near.page, - (c.__weight * near.__weight) AS __weight
        FROM
          (
            SELECT b.id, b.__weight
            FROM changes.customers AS b
          ) AS c,
          LATERAL (
            SELECT v.page, v.__weight AS __weight
            FROM (
              SELECT b.customer_id, b.page, b.__weight
              FROM changes.visits AS b
            ) AS v
            WHERE v.customer_id = c.id
          ) AS near
      ) AS raw (id, page, __weight)
      GROUP BY raw.id::integer, raw.page::text
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
          WHERE (hash_record_extended(ROW(t.id, t.page), 0) = hash_record_extended(ROW(d.id, d.page), 0))
            AND record_image_eq(ROW(t.id, t.page), ROW(d.id, d.page))
            AND (d.__weight < 0)
        ) AS f
        WHERE f.copy <= (- f.__weight)
      )
    )
  )
INSERT INTO public.st (id, page)
SELECT d.id, d.page
FROM delta AS d, generate_series(1, d.__weight) AS copy
WHERE d.__weight > 0;

-- Delta of public.st when shop.customers alone changed
WITH
  delta AS MATERIALIZED (
    SELECT net.*, row_number() OVER () AS __row
    FROM (
      SELECT raw.id::integer AS id, raw.page::text AS page, sum(raw.__weight)::bigint AS __weight
      FROM (
        SELECT c.id, near.page, c.__weight AS __weight
        FROM
          (
            SELECT b.id, b.__weight
            FROM changes.customers AS b
          ) AS c,
          LATERAL (
            SELECT v.page
            FROM shop.visits AS v
            WHERE v.customer_id = c.id
          ) AS near
      ) AS raw (id, page, __weight)
      GROUP BY raw.id::integer, raw.page::text
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
          WHERE (hash_record_extended(ROW(t.id, t.page), 0) = hash_record_extended(ROW(d.id, d.page), 0))
            AND record_image_eq(ROW(t.id, t.page), ROW(d.id, d.page))
            AND (d.__weight < 0)
        ) AS f
        WHERE f.copy <= (- f.__weight)
      )
    )
  )
INSERT INTO public.st (id, page)
SELECT d.id, d.page
FROM delta AS d, generate_series(1, d.__weight) AS copy
WHERE d.__weight > 0;

-- Delta of public.st when shop.visits alone changed
WITH
  delta AS MATERIALIZED (
    SELECT net.*, row_number() OVER () AS __row
    FROM (
      SELECT raw.id::integer AS id, raw.page::text AS page, sum(raw.__weight)::bigint AS __weight
      FROM (
        SELECT c.id, near.page, near.__weight AS __weight
        FROM
          shop.customers AS c,
          LATERAL (
            SELECT v.page, v.__weight AS __weight
            FROM (
              SELECT b.customer_id, b.page, b.__weight
              FROM changes.visits AS b
            ) AS v
            WHERE v.customer_id = c.id
          ) AS near
      ) AS raw (id, page, __weight)
      GROUP BY raw.id::integer, raw.page::text
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
          WHERE (hash_record_extended(ROW(t.id, t.page), 0) = hash_record_extended(ROW(d.id, d.page), 0))
            AND record_image_eq(ROW(t.id, t.page), ROW(d.id, d.page))
            AND (d.__weight < 0)
        ) AS f
        WHERE f.copy <= (- f.__weight)
      )
    )
  )
INSERT INTO public.st (id, page)
SELECT d.id, d.page
FROM delta AS d, generate_series(1, d.__weight) AS copy
WHERE d.__weight > 0;
