-- Sources
--   shop.visits: customer_id int4, page text not null, seconds float8

-- Defining query
SELECT 1 AS one FROM shop.visits v;

-- Stage 1 of 1: public.st
--   shape     linear
--   columns   one int4 not null
--   identity  bag
--   reads     shop.visits
--   index     hash_record_extended(ROW(one), 0)
-- query
SELECT 1 AS one
FROM shop.visits AS v;

-- Delta of public.st when shop.visits changed
WITH
  delta AS MATERIALIZED (
    SELECT net.*, row_number() OVER () AS __row
    FROM (
      SELECT raw.one::integer AS one, sum(raw.__weight)::bigint AS __weight
      FROM (
        SELECT 1 AS one, v.__weight AS __weight
        FROM (
          SELECT b.__weight
          FROM changes.visits AS b
        ) AS v
      ) AS raw (one, __weight)
      GROUP BY raw.one::integer
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
          WHERE (hash_record_extended(ROW(t.one), 0) = hash_record_extended(ROW(d.one), 0))
            AND record_image_eq(ROW(t.one), ROW(d.one))
            AND (d.__weight < 0)
        ) AS f
        WHERE f.copy <= (- f.__weight)
      )
    )
  )
INSERT INTO public.st (one)
SELECT d.one
FROM delta AS d, generate_series(1, d.__weight) AS copy
WHERE d.__weight > 0;
