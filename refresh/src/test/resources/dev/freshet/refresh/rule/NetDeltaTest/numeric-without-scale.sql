-- Sources
--   shop.tariffs: rate numeric not null, name text not null; key (rate)

-- Defining query
SELECT t.rate, t.name FROM shop.tariffs t;

-- Stage 1 of 1: public.st
--   shape     linear
--   columns   rate numeric not null, name text not null
--   identity  bag
--   reads     shop.tariffs
--   index     hash_record_extended(ROW(rate, name), 0)
-- query
SELECT t.rate, t.name
FROM shop.tariffs AS t;

-- Delta of public.st when shop.tariffs changed
WITH
  delta AS MATERIALIZED (
    SELECT net.*, row_number() OVER () AS __row
    FROM (
      SELECT raw.rate::numeric AS rate, raw.name::text AS name, sum(raw.__weight)::bigint AS __weight
      FROM (
        SELECT t.rate, t.name, t.__weight AS __weight
        FROM (
          SELECT b.rate, b.name, b.__weight
          FROM changes.tariffs AS b
        ) AS t
      ) AS raw (rate, name, __weight)
      GROUP BY raw.rate::numeric, (raw.rate::numeric::text COLLATE pg_catalog."C"), raw.name::text
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
          WHERE (hash_record_extended(ROW(t.rate, t.name), 0) = hash_record_extended(ROW(d.rate, d.name), 0))
            AND record_image_eq(ROW(t.rate, t.name), ROW(d.rate, d.name))
            AND (d.__weight < 0)
        ) AS f
        WHERE f.copy <= (- f.__weight)
      )
    )
  )
INSERT INTO public.st (rate, name)
SELECT d.rate, d.name
FROM delta AS d, generate_series(1, d.__weight) AS copy
WHERE d.__weight > 0;
