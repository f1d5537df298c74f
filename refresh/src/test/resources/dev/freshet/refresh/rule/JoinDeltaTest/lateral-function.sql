-- Sources
--   shop.products: code text not null, tags text[], kind shop.mood not null; key (code)

-- Defining query
SELECT p.code, tag.tag FROM shop.products p, LATERAL unnest(p.tags) tag(tag);

-- Stage 1 of 1: public.st
--   shape     linear
--   columns   code text not null, tag text
--   identity  bag
--   reads     shop.products
--   index     hash_record_extended(ROW(code, tag), 0)
-- query
SELECT p.code, tag.tag
FROM shop.products AS p, LATERAL unnest(p.tags) AS tag (tag);

-- Delta of public.st when shop.products changed
WITH
  delta AS MATERIALIZED (
    SELECT net.*, row_number() OVER () AS __row
    FROM (
      SELECT raw.code::text AS code, raw.tag::text AS tag, sum(raw.__weight)::bigint AS __weight
      FROM (
        SELECT p.code, tag.tag, p.__weight AS __weight
        FROM
          (
            SELECT b.code, b.tags, b.__weight
            FROM changes.products AS b
          ) AS p,
          LATERAL unnest(p.tags) AS tag (tag)
      ) AS raw (code, tag, __weight)
      GROUP BY raw.code::text, raw.tag::text
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
          WHERE (hash_record_extended(ROW(t.code, t.tag), 0) = hash_record_extended(ROW(d.code, d.tag), 0))
            AND record_image_eq(ROW(t.code, t.tag), ROW(d.code, d.tag))
            AND (d.__weight < 0)
        ) AS f
        WHERE f.copy <= (- f.__weight)
      )
    )
  )
INSERT INTO public.st (code, tag)
SELECT d.code, d.tag
FROM delta AS d, generate_series(1, d.__weight) AS copy
WHERE d.__weight > 0;
