-- Sources
--   shop.orders: id int4 not null, customer_id int4, amount int4 not null, price numeric(10,2), placed date not null; key (id)

-- Defining query
SELECT o.customer_id, o.id, rank() OVER (PARTITION BY o.customer_id ORDER BY o.amount) AS place
FROM shop.orders o;

-- Stage 1 of 1: public.st
--   shape     recomputed partitions by customer_id int4
--   columns   customer_id int4, id int4 not null, place int8
--   identity  key (id)
--   reads     shop.orders
-- query
SELECT o.customer_id, o.id, rank() OVER (PARTITION BY o.customer_id ORDER BY o.amount) AS place
FROM shop.orders AS o;
-- touching
SELECT o.customer_id AS k1
FROM shop.orders AS o;
-- restricted
SELECT o.customer_id, o.id, rank() OVER (PARTITION BY o.customer_id ORDER BY o.amount) AS place
FROM shop.orders AS o, touched AS __touched
WHERE o.customer_id = __touched.k1
UNION ALL
SELECT o.customer_id, o.id, rank() OVER (PARTITION BY o.customer_id ORDER BY o.amount) AS place
FROM shop.orders AS o, touched AS __touched
WHERE (o.customer_id IS NULL) AND (__touched.k1 IS NULL);

-- Delta of public.st when shop.orders changed
WITH
  touched AS MATERIALIZED (
    SELECT DISTINCT raw.k1
    FROM (
      SELECT o.customer_id AS k1, o.__weight AS __weight
      FROM (
        SELECT b.id, b.customer_id, b.amount, b.__weight
        FROM changes.orders AS b
      ) AS o
    ) AS raw (k1, __weight)
  ),
  fresh (customer_id, id, place) AS MATERIALIZED (
    SELECT o.customer_id, o.id, rank() OVER (PARTITION BY o.customer_id ORDER BY o.amount) AS place
    FROM shop.orders AS o, touched AS __touched
    WHERE o.customer_id = __touched.k1
    UNION ALL
    SELECT o.customer_id, o.id, rank() OVER (PARTITION BY o.customer_id ORDER BY o.amount) AS place
    FROM shop.orders AS o, touched AS __touched
    WHERE (o.customer_id IS NULL) AND (__touched.k1 IS NULL)
  ),
  gone AS (
    DELETE FROM public.st AS t
    WHERE EXISTS (
      SELECT
      FROM touched AS x
      WHERE (hash_record_extended(ROW(t.customer_id), 0) = hash_record_extended(ROW(x.k1), 0))
        AND (t.customer_id IS NOT DISTINCT FROM x.k1)
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
WHEN MATCHED AND (NOT record_image_eq(ROW(t.customer_id, t.id, t.place), ROW(d.customer_id, d.id, d.place))) THEN
  UPDATE SET customer_id = d.customer_id, id = d.id, place = d.place
WHEN NOT MATCHED THEN
  INSERT (customer_id, id, place)
  VALUES (d.customer_id, d.id, d.place);
