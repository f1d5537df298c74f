-- Sources
--   shop.brands: name text ci not null, country text ci; key (name)

-- Defining query
SELECT b.name, b.country FROM shop.brands b;

-- Stage 1 of 1: public.st
--   shape     linear
--   columns   name text ci not null, country text ci
--   identity  bag
--   reads     shop.brands
--   index     hash_record_extended(ROW(name, country), 0)
-- query
SELECT b.name, b.country
FROM shop.brands AS b;

-- Delta of public.st when shop.brands changed
WITH
  delta AS MATERIALIZED (
    SELECT net.*, row_number() OVER () AS __row
    FROM (
      SELECT raw.name::text AS name, raw.country::text AS country, sum(raw.__weight)::bigint AS __weight
      FROM (
        SELECT b.name, b.country, b.__weight AS __weight
        FROM (
          SELECT b.name, b.country, b.__weight
          FROM changes.brands AS b
        ) AS b
      ) AS raw (name, country, __weight)
      GROUP BY
        raw.name::text,
        (raw.name::text::text COLLATE pg_catalog."C"),
        raw.country::text,
        (raw.country::text::text COLLATE pg_catalog."C")
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
          WHERE (hash_record_extended(ROW(t.name, t.country), 0) = hash_record_extended(ROW(d.name, d.country), 0))
            AND record_image_eq(ROW(t.name, t.country), ROW(d.name, d.country))
            AND (d.__weight < 0)
        ) AS f
        WHERE f.copy <= (- f.__weight)
      )
    )
  )
INSERT INTO public.st (name, country)
SELECT d.name, d.country
FROM delta AS d, generate_series(1, d.__weight) AS copy
WHERE d.__weight > 0;
