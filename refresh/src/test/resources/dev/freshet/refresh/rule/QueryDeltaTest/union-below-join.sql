-- Sources
--   shop.customers: id int4 not null, city text, name text not null; key (id)
--   shop.visits: customer_id int4, page text not null, seconds float8
--   shop.returns: customer_id int4, page text not null, seconds float8

-- Defining query
SELECT c.name, seen.page
FROM shop.customers c
JOIN (SELECT v.customer_id, v.page FROM shop.visits v UNION ALL SELECT r.customer_id, r.page FROM shop.returns r) seen(buyer, page)
  ON seen.buyer = c.id;

-- Stage 1 of 1: public.st
--   shape     linear
--   columns   name text not null, page text
--   identity  bag
--   reads     shop.customers, shop.returns, shop.visits
--   index     hash_record_extended(ROW(name, page), 0)
-- query
SELECT c.name, seen.page
FROM shop.customers AS c
  JOIN (
  SELECT v.customer_id, v.page
  FROM shop.visits AS v
  UNION ALL
  SELECT r.customer_id, r.page
  FROM shop.returns AS r
) AS seen (buyer, page) ON seen.buyer = c.id;

-- Delta of public.st when all sources changed
WITH
  __delta1 AS (
    SELECT v.customer_id, v.page, v.__weight AS __weight
    FROM (
      SELECT b.customer_id, b.page, b.__weight
      FROM changes.visits AS b
    ) AS v
    UNION ALL
    SELECT r.customer_id, r.page, r.__weight AS __weight
    FROM (
      SELECT b.customer_id, b.page, b.__weight
      FROM changes.returns AS b
    ) AS r
  ),
  delta AS MATERIALIZED (
    SELECT net.*, row_number() OVER () AS __row
    FROM (
      SELECT raw.name::text AS name, raw.page::text AS page, sum(raw.__weight)::bigint AS __weight
      FROM (
        (
          SELECT c.name, seen.page, c.__weight AS __weight
          FROM (
            SELECT b.id, b.name, b.__weight
            FROM changes.customers AS b
          ) AS c
            JOIN (
            SELECT v.customer_id, v.page
            FROM shop.visits AS v
            UNION ALL
            SELECT r.customer_id, r.page
            FROM shop.returns AS r
          ) AS seen (buyer, page) ON seen.buyer = c.id
          UNION ALL
          SELECT c.name, seen.page, seen.__weight AS __weight
          FROM shop.customers AS c
            JOIN __delta1 AS seen (buyer, page) ON seen.buyer = c.id
        )
        UNION ALL
        SELECT c.name, seen.page, - (c.__weight * seen.__weight) AS __weight
        FROM (
          SELECT b.id, b.name, b.__weight
          FROM changes.customers AS b
        ) AS c
          JOIN __delta1 AS seen (buyer, page) ON seen.buyer = c.id
      ) AS raw (name, page, __weight)
      GROUP BY raw.name::text, raw.page::text
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
          WHERE (hash_record_extended(ROW(t.name, t.page), 0) = hash_record_extended(ROW(d.name, d.page), 0))
            AND record_image_eq(ROW(t.name, t.page), ROW(d.name, d.page))
            AND (d.__weight < 0)
        ) AS f
        WHERE f.copy <= (- f.__weight)
      )
    )
  )
INSERT INTO public.st (name, page)
SELECT d.name, d.page
FROM delta AS d, generate_series(1, d.__weight) AS copy
WHERE d.__weight > 0;
