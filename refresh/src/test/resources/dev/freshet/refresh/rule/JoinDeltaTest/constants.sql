-- Sources
--   shop.customers: id int4 not null, city text, name text not null; key (id)

-- Defining query
SELECT c.id, rate.percent
FROM shop.customers c, (VALUES (5), (10)) rate(percent);

-- Stage 1 of 1: public.st
--   shape     linear
--   columns   id int4 not null, percent int4
--   identity  bag
--   reads     shop.customers
--   index     hash_record_extended(ROW(id, percent), 0)
-- query
SELECT c.id, rate.percent
FROM shop.customers AS c, (VALUES (5), (10)) AS rate (percent);

-- Delta of public.st when shop.customers changed
WITH
  delta AS MATERIALIZED (
    SELECT net.*, row_number() OVER () AS __row
    FROM (
      SELECT
        raw.id::integer AS id,
        raw.percent::integer AS percent,
        sum(raw.__weight)::bigint AS __weight
      FROM (
        SELECT c.id, rate.percent, c.__weight AS __weight
        FROM
          (
            SELECT b.id, b.__weight
            FROM changes.customers AS b
          ) AS c,
          (VALUES (5), (10)) AS rate (percent)
      ) AS raw (id, percent, __weight)
      GROUP BY raw.id::integer, raw.percent::integer
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
          WHERE (hash_record_extended(ROW(t.id, t.percent), 0) = hash_record_extended(ROW(d.id, d.percent), 0))
            AND record_image_eq(ROW(t.id, t.percent), ROW(d.id, d.percent))
            AND (d.__weight < 0)
        ) AS f
        WHERE f.copy <= (- f.__weight)
      )
    )
  )
INSERT INTO public.st (id, percent)
SELECT d.id, d.percent
FROM delta AS d, generate_series(1, d.__weight) AS copy
WHERE d.__weight > 0;
