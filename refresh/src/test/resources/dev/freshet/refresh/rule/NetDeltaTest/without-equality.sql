-- Sources
--   shop.documents: id int4 not null, body json, place point, home shop.address; key (id)

-- Defining query
SELECT d.body, d.place, d.home FROM shop.documents d;

-- Stage 1 of 1: public.st
--   shape     linear
--   columns   body json, place point, home shop.address
--   identity  bag
--   reads     shop.documents
--   index     hash_record_extended(ROW(body::text, place::text), 0)
-- query
SELECT d.body, d.place, d.home
FROM shop.documents AS d;

-- Delta of public.st when shop.documents changed
WITH
  delta AS MATERIALIZED (
    SELECT net.*, row_number() OVER () AS __row
    FROM (
      SELECT
        raw.body::pg_catalog."json"::text::pg_catalog."json" AS body,
        raw.place::pg_catalog.point::text::pg_catalog.point AS place,
        raw.home::shop.address::text::shop.address AS home,
        sum(raw.__weight)::bigint AS __weight
      FROM (
        SELECT d.body, d.place, d.home, d.__weight AS __weight
        FROM (
          SELECT b.body, b.place, b.home, b.__weight
          FROM changes.documents AS b
        ) AS d
      ) AS raw (body, place, home, __weight)
      GROUP BY
        raw.body::pg_catalog."json"::text,
        raw.place::pg_catalog.point::text,
        raw.home::shop.address::text
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
          WHERE (hash_record_extended(ROW(t.body::text, t.place::text), 0) = hash_record_extended(ROW(d.body::text, d.place::text), 0))
            AND record_image_eq(ROW(t.body, t.place, t.home), ROW(d.body, d.place, d.home))
            AND (d.__weight < 0)
        ) AS f
        WHERE f.copy <= (- f.__weight)
      )
    )
  )
INSERT INTO public.st (body, place, home)
SELECT d.body, d.place, d.home
FROM delta AS d, generate_series(1, d.__weight) AS copy
WHERE d.__weight > 0;
