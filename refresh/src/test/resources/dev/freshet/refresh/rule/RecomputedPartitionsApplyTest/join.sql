-- Sources
--   shop.orders: id int4 not null, customer_id int4, amount int4 not null, price numeric(10,2), placed date not null; key (id)
--   shop.customers: id int4 not null, city text, name text not null; key (id)

-- Defining query
SELECT c.city, o.id, rank() OVER (PARTITION BY c.city ORDER BY o.amount) AS place
FROM shop.orders o JOIN shop.customers c ON c.id = o.customer_id;

-- Stage 1 of 1: public.st
--   shape     recomputed partitions by city text
--   columns   city text, id int4 not null, place int8
--   identity  key (id)
--   reads     shop.customers, shop.orders
-- query
SELECT c.city, o.id, rank() OVER (PARTITION BY c.city ORDER BY o.amount) AS place
FROM shop.orders AS o
  JOIN shop.customers AS c ON c.id = o.customer_id;
-- touching
SELECT c.city AS k1
FROM shop.orders AS o
  JOIN shop.customers AS c ON c.id = o.customer_id;
-- restricted
SELECT c.city, o.id, rank() OVER (PARTITION BY c.city ORDER BY o.amount) AS place
FROM
  shop.orders AS o
    JOIN shop.customers AS c ON c.id = o.customer_id,
  touched AS __touched
WHERE c.city = __touched.k1
UNION ALL
SELECT c.city, o.id, rank() OVER (PARTITION BY c.city ORDER BY o.amount) AS place
FROM
  shop.orders AS o
    JOIN shop.customers AS c ON c.id = o.customer_id,
  touched AS __touched
WHERE (c.city IS NULL) AND (__touched.k1 IS NULL);

-- Delta of public.st when all sources changed
WITH
  touched AS MATERIALIZED (
    SELECT DISTINCT raw.k1
    FROM (
      (
        SELECT c.city AS k1, o.__weight AS __weight
        FROM (
          SELECT b.id, b.customer_id, b.amount, b.__weight
          FROM changes.orders AS b
        ) AS o
          JOIN shop.customers AS c ON c.id = o.customer_id
        UNION ALL
        SELECT c.city AS k1, c.__weight AS __weight
        FROM shop.orders AS o
          JOIN (
          SELECT b.id, b.city, b.__weight
          FROM changes.customers AS b
        ) AS c ON c.id = o.customer_id
      )
      UNION ALL
      SELECT c.city AS k1, - (o.__weight * c.__weight) AS __weight
      FROM (
        SELECT b.id, b.customer_id, b.amount, b.__weight
        FROM changes.orders AS b
      ) AS o
        JOIN (
        SELECT b.id, b.city, b.__weight
        FROM changes.customers AS b
      ) AS c ON c.id = o.customer_id
    ) AS raw (k1, __weight)
  ),
  fresh (city, id, place) AS MATERIALIZED (
    SELECT c.city, o.id, rank() OVER (PARTITION BY c.city ORDER BY o.amount) AS place
    FROM
      shop.orders AS o
        JOIN shop.customers AS c ON c.id = o.customer_id,
      touched AS __touched
    WHERE c.city = __touched.k1
    UNION ALL
    SELECT c.city, o.id, rank() OVER (PARTITION BY c.city ORDER BY o.amount) AS place
    FROM
      shop.orders AS o
        JOIN shop.customers AS c ON c.id = o.customer_id,
      touched AS __touched
    WHERE (c.city IS NULL) AND (__touched.k1 IS NULL)
  ),
  gone AS (
    DELETE FROM public.st AS t
    WHERE EXISTS (
      SELECT
      FROM touched AS x
      WHERE (hash_record_extended(ROW(t.city), 0) = hash_record_extended(ROW(x.k1), 0))
        AND (t.city IS NOT DISTINCT FROM x.k1)
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
WHEN MATCHED AND (NOT record_image_eq(ROW(t.city, t.id, t.place), ROW(d.city, d.id, d.place))) THEN
  UPDATE SET city = d.city, id = d.id, place = d.place
WHEN NOT MATCHED THEN
  INSERT (city, id, place)
  VALUES (d.city, d.id, d.place);
