-- Sources
--   shop.orders: id int4 not null, customer_id int4, amount int4 not null, price numeric(10,2), placed date not null; key (id)

-- Defining query
SELECT DISTINCT ON (o.customer_id) o.customer_id, o.id, o.amount
FROM shop.orders o
ORDER BY o.customer_id, o.amount DESC;

-- Stage 1 of 1: public.st
--   shape     recomputed partitions by customer_id int4
--   columns   customer_id int4, id int4 not null, amount int4 not null
--   identity  key (id)
--   reads     shop.orders
-- query
SELECT DISTINCT ON (o.customer_id) o.customer_id, o.id, o.amount
FROM shop.orders AS o
ORDER BY o.customer_id, o.amount DESC;
-- touching
SELECT o.customer_id AS k1
FROM shop.orders AS o;
-- restricted
(
  SELECT DISTINCT ON (o.customer_id) o.customer_id, o.id, o.amount
  FROM shop.orders AS o, touched AS __touched
  WHERE o.customer_id = __touched.k1
  ORDER BY o.customer_id, o.amount DESC
)
UNION ALL
(
  SELECT DISTINCT ON (o.customer_id) o.customer_id, o.id, o.amount
  FROM shop.orders AS o, touched AS __touched
  WHERE (o.customer_id IS NULL) AND (__touched.k1 IS NULL)
  ORDER BY o.customer_id, o.amount DESC
);

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
  fresh (customer_id, id, amount) AS MATERIALIZED (
    (
      SELECT DISTINCT ON (o.customer_id) o.customer_id, o.id, o.amount
      FROM shop.orders AS o, touched AS __touched
      WHERE o.customer_id = __touched.k1
      ORDER BY o.customer_id, o.amount DESC
    )
    UNION ALL
    (
      SELECT DISTINCT ON (o.customer_id) o.customer_id, o.id, o.amount
      FROM shop.orders AS o, touched AS __touched
      WHERE (o.customer_id IS NULL) AND (__touched.k1 IS NULL)
      ORDER BY o.customer_id, o.amount DESC
    )
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
WHEN MATCHED AND (NOT record_image_eq(ROW(t.customer_id, t.id, t.amount), ROW(d.customer_id, d.id, d.amount))) THEN
  UPDATE SET customer_id = d.customer_id, id = d.id, amount = d.amount
WHEN NOT MATCHED THEN
  INSERT (customer_id, id, amount)
  VALUES (d.customer_id, d.id, d.amount);
