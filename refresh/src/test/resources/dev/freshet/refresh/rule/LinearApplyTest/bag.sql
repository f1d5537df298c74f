-- Sources
--   shop.visits: customer_id int4, page text not null, seconds float8

-- Defining query
SELECT v.customer_id, v.page FROM shop.visits v;

-- Stage 1 of 1: public.st
--   shape     linear
--   columns   customer_id int4, page text not null
--   identity  bag
--   reads     shop.visits
--   index     hash_record_extended(ROW(customer_id, page), 0)
-- query
SELECT v.customer_id, v.page
FROM shop.visits AS v;

-- Delta of public.st when shop.visits changed
WITH
  delta AS MATERIALIZED (
    SELECT net.*, row_number() OVER () AS __row
    FROM (
      SELECT
        raw.customer_id::integer AS customer_id,
        raw.page::text AS page,
        sum(raw.__weight)::bigint AS __weight
      FROM (
        SELECT v.customer_id, v.page, v.__weight AS __weight
        FROM (
          SELECT b.customer_id, b.page, b.__weight
          FROM changes.visits AS b
        ) AS v
      ) AS raw (customer_id, page, __weight)
      GROUP BY raw.customer_id::integer, raw.page::text
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
          WHERE (hash_record_extended(ROW(t.customer_id, t.page), 0) = hash_record_extended(ROW(d.customer_id, d.page), 0))
            AND record_image_eq(ROW(t.customer_id, t.page), ROW(d.customer_id, d.page))
            AND (d.__weight < 0)
        ) AS f
        WHERE f.copy <= (- f.__weight)
      )
    )
  )
INSERT INTO public.st (customer_id, page)
SELECT d.customer_id, d.page
FROM delta AS d, generate_series(1, d.__weight) AS copy
WHERE d.__weight > 0;
