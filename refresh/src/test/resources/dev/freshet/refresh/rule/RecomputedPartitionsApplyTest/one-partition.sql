-- Sources
--   shop.orders: id int4 not null, customer_id int4, amount int4 not null, price numeric(10,2), placed date not null; key (id)

-- Defining query
SELECT o.id, rank() OVER (ORDER BY o.amount) AS place FROM shop.orders o;

-- Stage 1 of 1: public.st
--   shape     one recomputed partition
--   columns   id int4 not null, place int8
--   identity  key (id)
--   reads     shop.orders
-- query
SELECT o.id, rank() OVER (ORDER BY o.amount) AS place
FROM shop.orders AS o;
-- touching
SELECT true AS "any"
FROM shop.orders AS o;
-- restricted
SELECT whole.*
FROM (
  SELECT o.id, rank() OVER (ORDER BY o.amount) AS place
  FROM shop.orders AS o
) AS whole
WHERE EXISTS (
  SELECT
  FROM touched
);

-- Delta of public.st when shop.orders changed
WITH
  touched AS MATERIALIZED (
    SELECT true AS "any"
    FROM (
      SELECT true AS "any", o.__weight AS __weight
      FROM (
        SELECT b.id, b.amount, b.__weight
        FROM changes.orders AS b
      ) AS o
    ) AS raw ("any", __weight)
    LIMIT 1
  ),
  fresh (id, place) AS MATERIALIZED (
    SELECT whole.*
    FROM (
      SELECT o.id, rank() OVER (ORDER BY o.amount) AS place
      FROM shop.orders AS o
    ) AS whole
    WHERE EXISTS (
      SELECT
      FROM touched
    )
  ),
  gone AS (
    DELETE FROM public.st AS t
    WHERE EXISTS (
      SELECT
      FROM touched AS x
    )
      AND (
      NOT EXISTS (
        SELECT
        FROM fresh AS f
        WHERE f.id = t.id
      )
    )
  )
MERGE INTO public.st AS t
USING fresh AS d
ON t.id = d.id
WHEN MATCHED AND (NOT record_image_eq(ROW(t.id, t.place), ROW(d.id, d.place))) THEN
  UPDATE SET id = d.id, place = d.place
WHEN NOT MATCHED THEN
  INSERT (id, place)
  VALUES (d.id, d.place);
