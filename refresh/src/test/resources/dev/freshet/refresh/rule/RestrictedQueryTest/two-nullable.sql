-- Sources
--   shop.items: order_id int4 not null, line int4 not null, product text not null, quantity int4; key (line, order_id)
--   shop.orders: id int4 not null, customer_id int4, amount int4 not null, price numeric(10,2), placed date not null; key (id)

-- Defining query
SELECT i.quantity, o.customer_id, array_agg(i.line) AS lines
FROM shop.items i JOIN shop.orders o ON o.id = i.order_id
GROUP BY i.quantity, o.customer_id;

-- Stage 1 of 1: public.st
--   shape     recomputed groups by quantity int4, customer_id int4
--   columns   quantity int4, customer_id int4, lines int4[]
--   identity  key (quantity, customer_id)
--   reads     shop.items, shop.orders
--   index     hash_record_extended(ROW(quantity, customer_id), 0)
-- query
SELECT i.quantity, o.customer_id, array_agg(i.line) AS lines
FROM shop.items AS i
  JOIN shop.orders AS o ON o.id = i.order_id
GROUP BY i.quantity, o.customer_id;

-- Delta of public.st when all sources changed
WITH
  touched AS MATERIALIZED (
    SELECT DISTINCT raw.k1, raw.k2
    FROM (
      (
        SELECT i.quantity AS k1, o.customer_id AS k2, i.__weight AS __weight
        FROM (
          SELECT b.order_id, b.line, b.quantity, b.__weight
          FROM changes.items AS b
        ) AS i
          JOIN shop.orders AS o ON o.id = i.order_id
        UNION ALL
        SELECT i.quantity AS k1, o.customer_id AS k2, o.__weight AS __weight
        FROM shop.items AS i
          JOIN (
          SELECT b.id, b.customer_id, b.__weight
          FROM changes.orders AS b
        ) AS o ON o.id = i.order_id
      )
      UNION ALL
      SELECT i.quantity AS k1, o.customer_id AS k2, - (i.__weight * o.__weight) AS __weight
      FROM (
        SELECT b.order_id, b.line, b.quantity, b.__weight
        FROM changes.items AS b
      ) AS i
        JOIN (
        SELECT b.id, b.customer_id, b.__weight
        FROM changes.orders AS b
      ) AS o ON o.id = i.order_id
    ) AS raw (k1, k2, __weight)
  ),
  fresh (quantity, customer_id, lines) AS MATERIALIZED (
    SELECT i.quantity, o.customer_id, array_agg(i.line) AS lines
    FROM
      shop.items AS i
        JOIN shop.orders AS o ON o.id = i.order_id,
      touched AS __touched
    WHERE (hash_record_extended(ROW(i.quantity, o.customer_id), 0) = hash_record_extended(ROW(__touched.k1, __touched.k2), 0))
      AND (i.quantity IS NOT DISTINCT FROM __touched.k1)
      AND (o.customer_id IS NOT DISTINCT FROM __touched.k2)
    GROUP BY i.quantity, o.customer_id
  )
MERGE INTO public.st AS t
USING (
  SELECT f.*, true AS __live
  FROM fresh AS f
  UNION ALL
  SELECT t.quantity, t.customer_id, t.lines, false AS __live
  FROM public.st AS t, touched AS x
  WHERE (hash_record_extended(ROW(t.quantity, t.customer_id), 0) = hash_record_extended(ROW(x.k1, x.k2), 0))
    AND (t.quantity IS NOT DISTINCT FROM x.k1)
    AND (t.customer_id IS NOT DISTINCT FROM x.k2)
    AND (
    NOT EXISTS (
      SELECT
      FROM fresh AS f
      WHERE (hash_record_extended(ROW(f.quantity, f.customer_id), 0) = hash_record_extended(ROW(t.quantity, t.customer_id), 0))
        AND (f.quantity IS NOT DISTINCT FROM t.quantity)
        AND (f.customer_id IS NOT DISTINCT FROM t.customer_id)
    )
  )
) AS d
ON (hash_record_extended(ROW(t.quantity, t.customer_id), 0) = hash_record_extended(ROW(d.quantity, d.customer_id), 0))
  AND (t.quantity IS NOT DISTINCT FROM d.quantity)
  AND (t.customer_id IS NOT DISTINCT FROM d.customer_id)
WHEN MATCHED AND (NOT d.__live) THEN
  DELETE
WHEN MATCHED AND (NOT record_image_eq(ROW(t.quantity, t.customer_id, t.lines), ROW(d.quantity, d.customer_id, d.lines))) THEN
  UPDATE SET quantity = d.quantity, customer_id = d.customer_id, lines = d.lines
WHEN NOT MATCHED AND d.__live THEN
  INSERT (quantity, customer_id, lines)
  VALUES (d.quantity, d.customer_id, d.lines);

-- Delta of public.st when shop.items alone changed
WITH
  touched AS MATERIALIZED (
    SELECT DISTINCT raw.k1, raw.k2
    FROM (
      SELECT i.quantity AS k1, o.customer_id AS k2, i.__weight AS __weight
      FROM (
        SELECT b.order_id, b.line, b.quantity, b.__weight
        FROM changes.items AS b
      ) AS i
        JOIN shop.orders AS o ON o.id = i.order_id
    ) AS raw (k1, k2, __weight)
  ),
  fresh (quantity, customer_id, lines) AS MATERIALIZED (
    SELECT i.quantity, o.customer_id, array_agg(i.line) AS lines
    FROM
      shop.items AS i
        JOIN shop.orders AS o ON o.id = i.order_id,
      touched AS __touched
    WHERE (hash_record_extended(ROW(i.quantity, o.customer_id), 0) = hash_record_extended(ROW(__touched.k1, __touched.k2), 0))
      AND (i.quantity IS NOT DISTINCT FROM __touched.k1)
      AND (o.customer_id IS NOT DISTINCT FROM __touched.k2)
    GROUP BY i.quantity, o.customer_id
  )
MERGE INTO public.st AS t
USING (
  SELECT f.*, true AS __live
  FROM fresh AS f
  UNION ALL
  SELECT t.quantity, t.customer_id, t.lines, false AS __live
  FROM public.st AS t, touched AS x
  WHERE (hash_record_extended(ROW(t.quantity, t.customer_id), 0) = hash_record_extended(ROW(x.k1, x.k2), 0))
    AND (t.quantity IS NOT DISTINCT FROM x.k1)
    AND (t.customer_id IS NOT DISTINCT FROM x.k2)
    AND (
    NOT EXISTS (
      SELECT
      FROM fresh AS f
      WHERE (hash_record_extended(ROW(f.quantity, f.customer_id), 0) = hash_record_extended(ROW(t.quantity, t.customer_id), 0))
        AND (f.quantity IS NOT DISTINCT FROM t.quantity)
        AND (f.customer_id IS NOT DISTINCT FROM t.customer_id)
    )
  )
) AS d
ON (hash_record_extended(ROW(t.quantity, t.customer_id), 0) = hash_record_extended(ROW(d.quantity, d.customer_id), 0))
  AND (t.quantity IS NOT DISTINCT FROM d.quantity)
  AND (t.customer_id IS NOT DISTINCT FROM d.customer_id)
WHEN MATCHED AND (NOT d.__live) THEN
  DELETE
WHEN MATCHED AND (NOT record_image_eq(ROW(t.quantity, t.customer_id, t.lines), ROW(d.quantity, d.customer_id, d.lines))) THEN
  UPDATE SET quantity = d.quantity, customer_id = d.customer_id, lines = d.lines
WHEN NOT MATCHED AND d.__live THEN
  INSERT (quantity, customer_id, lines)
  VALUES (d.quantity, d.customer_id, d.lines);

-- Delta of public.st when shop.orders alone changed
WITH
  touched AS MATERIALIZED (
    SELECT DISTINCT raw.k1, raw.k2
    FROM (
      SELECT i.quantity AS k1, o.customer_id AS k2, o.__weight AS __weight
      FROM shop.items AS i
        JOIN (
        SELECT b.id, b.customer_id, b.__weight
        FROM changes.orders AS b
      ) AS o ON o.id = i.order_id
    ) AS raw (k1, k2, __weight)
  ),
  fresh (quantity, customer_id, lines) AS MATERIALIZED (
    SELECT i.quantity, o.customer_id, array_agg(i.line) AS lines
    FROM
      shop.items AS i
        JOIN shop.orders AS o ON o.id = i.order_id,
      touched AS __touched
    WHERE (hash_record_extended(ROW(i.quantity, o.customer_id), 0) = hash_record_extended(ROW(__touched.k1, __touched.k2), 0))
      AND (i.quantity IS NOT DISTINCT FROM __touched.k1)
      AND (o.customer_id IS NOT DISTINCT FROM __touched.k2)
    GROUP BY i.quantity, o.customer_id
  )
MERGE INTO public.st AS t
USING (
  SELECT f.*, true AS __live
  FROM fresh AS f
  UNION ALL
  SELECT t.quantity, t.customer_id, t.lines, false AS __live
  FROM public.st AS t, touched AS x
  WHERE (hash_record_extended(ROW(t.quantity, t.customer_id), 0) = hash_record_extended(ROW(x.k1, x.k2), 0))
    AND (t.quantity IS NOT DISTINCT FROM x.k1)
    AND (t.customer_id IS NOT DISTINCT FROM x.k2)
    AND (
    NOT EXISTS (
      SELECT
      FROM fresh AS f
      WHERE (hash_record_extended(ROW(f.quantity, f.customer_id), 0) = hash_record_extended(ROW(t.quantity, t.customer_id), 0))
        AND (f.quantity IS NOT DISTINCT FROM t.quantity)
        AND (f.customer_id IS NOT DISTINCT FROM t.customer_id)
    )
  )
) AS d
ON (hash_record_extended(ROW(t.quantity, t.customer_id), 0) = hash_record_extended(ROW(d.quantity, d.customer_id), 0))
  AND (t.quantity IS NOT DISTINCT FROM d.quantity)
  AND (t.customer_id IS NOT DISTINCT FROM d.customer_id)
WHEN MATCHED AND (NOT d.__live) THEN
  DELETE
WHEN MATCHED AND (NOT record_image_eq(ROW(t.quantity, t.customer_id, t.lines), ROW(d.quantity, d.customer_id, d.lines))) THEN
  UPDATE SET quantity = d.quantity, customer_id = d.customer_id, lines = d.lines
WHEN NOT MATCHED AND d.__live THEN
  INSERT (quantity, customer_id, lines)
  VALUES (d.quantity, d.customer_id, d.lines);
