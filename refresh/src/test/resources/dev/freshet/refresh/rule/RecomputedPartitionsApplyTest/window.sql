-- Sources
--   shop.items: order_id int4 not null, line int4 not null, product text not null, quantity int4; key (line, order_id)

-- Defining query
SELECT i.order_id, i.line, row_number() OVER (PARTITION BY i.order_id ORDER BY i.quantity) AS place
FROM shop.items i;

-- Stage 1 of 1: public.st
--   shape     recomputed partitions by order_id int4 not null
--   columns   order_id int4 not null, line int4 not null, place int8
--   identity  key (order_id, line)
--   reads     shop.items
-- query
SELECT i.order_id, i.line, row_number() OVER (PARTITION BY i.order_id ORDER BY i.quantity) AS place
FROM shop.items AS i;
-- touching
SELECT i.order_id AS k1
FROM shop.items AS i;
-- restricted
SELECT i.order_id, i.line, row_number() OVER (PARTITION BY i.order_id ORDER BY i.quantity) AS place
FROM shop.items AS i, touched AS __touched
WHERE i.order_id = __touched.k1;

-- Delta of public.st when shop.items changed
WITH
  touched AS MATERIALIZED (
    SELECT DISTINCT raw.k1
    FROM (
      SELECT i.order_id AS k1, i.__weight AS __weight
      FROM (
        SELECT b.order_id, b.line, b.quantity, b.__weight
        FROM changes.items AS b
      ) AS i
    ) AS raw (k1, __weight)
  ),
  fresh (order_id, line, place) AS MATERIALIZED (
    SELECT i.order_id, i.line, row_number() OVER (PARTITION BY i.order_id ORDER BY i.quantity) AS place
    FROM shop.items AS i, touched AS __touched
    WHERE i.order_id = __touched.k1
  ),
  gone AS (
    DELETE FROM public.st AS t
    WHERE EXISTS (
      SELECT
      FROM touched AS x
      WHERE t.order_id = x.k1
    )
      AND (
      NOT EXISTS (
        SELECT
        FROM fresh AS f
        WHERE (f.order_id = t.order_id) AND (f.line = t.line)
      )
    )
  )
MERGE INTO public.st AS t
USING fresh AS d
ON (t.order_id = d.order_id) AND (t.line = d.line)
WHEN MATCHED AND (NOT record_image_eq(ROW(t.order_id, t.line, t.place), ROW(d.order_id, d.line, d.place))) THEN
  UPDATE SET order_id = d.order_id, line = d.line, place = d.place
WHEN NOT MATCHED THEN
  INSERT (order_id, line, place)
  VALUES (d.order_id, d.line, d.place);
