-- Sources
--   shop.visits: customer_id int4, page text not null, seconds float8

-- Defining query
SELECT l.page, r.seconds FROM shop.visits l JOIN shop.visits r ON l.page = r.page;

-- Stage 1 of 1: public.st
--   shape     linear
--   columns   page text not null, seconds float8
--   identity  bag
--   reads     shop.visits
--   index     hash_record_extended(ROW(page, seconds), 0)
-- query
SELECT l.page, r.seconds
FROM shop.visits AS l
  JOIN shop.visits AS r ON l.page = r.page;

-- Delta of public.st when shop.visits changed
WITH
  delta AS MATERIALIZED (
    SELECT net.*, row_number() OVER () AS __row
    FROM (
      SELECT
        raw.page::text AS page,
        raw.seconds::double precision AS seconds,
        sum(raw.__weight)::bigint AS __weight
      FROM (
        (
          SELECT l.page, r.seconds, l.__weight AS __weight
          FROM (
            SELECT b.page, b.seconds, b.__weight
            FROM changes.visits AS b
          ) AS l
            JOIN shop.visits AS r ON l.page = r.page
          UNION ALL
          SELECT l.page, r.seconds, r.__weight AS __weight
          FROM shop.visits AS l
            JOIN (
            SELECT b.page, b.seconds, b.__weight
            FROM changes.visits AS b
          ) AS r ON l.page = r.page
        )
        UNION ALL
        SELECT l.page, r.seconds, - (l.__weight * r.__weight) AS __weight
        FROM (
          SELECT b.page, b.seconds, b.__weight
          FROM changes.visits AS b
        ) AS l
          JOIN (
          SELECT b.page, b.seconds, b.__weight
          FROM changes.visits AS b
        ) AS r ON l.page = r.page
      ) AS raw (page, seconds, __weight)
      GROUP BY
        raw.page::text,
        raw.seconds::double precision,
        (raw.seconds::double precision::text COLLATE pg_catalog."C")
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
          WHERE (hash_record_extended(ROW(t.page, t.seconds), 0) = hash_record_extended(ROW(d.page, d.seconds), 0))
            AND record_image_eq(ROW(t.page, t.seconds), ROW(d.page, d.seconds))
            AND (d.__weight < 0)
        ) AS f
        WHERE f.copy <= (- f.__weight)
      )
    )
  )
INSERT INTO public.st (page, seconds)
SELECT d.page, d.seconds
FROM delta AS d, generate_series(1, d.__weight) AS copy
WHERE d.__weight > 0;
