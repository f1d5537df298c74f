-- Sources
--   shop.orders: id int4 not null, customer_id int4, amount int4 not null, price numeric(10,2), placed date not null; key (id)

-- Defining query
SELECT DISTINCT ON (o.placed) o.id FROM shop.orders o ORDER BY o.placed, o.amount;

-- Stage 1 of 2: freshet_state.s1
--   shape     recomputed partitions by k1 date not null
--   columns   k1 date not null, o1 int4 not null
--   identity  key (o1)
--   reads     shop.orders
-- query
SELECT DISTINCT ON (o.placed) o.placed AS k1, o.id AS o1
FROM shop.orders AS o
ORDER BY o.placed, o.amount;
-- touching
SELECT o.placed AS k1
FROM shop.orders AS o;
-- restricted
SELECT DISTINCT ON (o.placed) o.placed AS k1, o.id AS o1
FROM shop.orders AS o, touched AS __touched
WHERE o.placed = __touched.k1
ORDER BY o.placed, o.amount;

-- Stage 2 of 2: public.st
--   shape     linear
--   columns   id int4 not null
--   identity  key (id)
--   reads     freshet_state.s1
-- query
SELECT p.o1 AS id
FROM freshet_state.s1 AS p;

-- Delta of freshet_state.s1 when shop.orders changed
WITH
  touched AS MATERIALIZED (
    SELECT DISTINCT raw.k1
    FROM (
      SELECT o.placed AS k1, o.__weight AS __weight
      FROM (
        SELECT b.id, b.amount, b.placed, b.__weight
        FROM changes.orders AS b
      ) AS o
    ) AS raw (k1, __weight)
  ),
  fresh (k1, o1) AS MATERIALIZED (
    SELECT DISTINCT ON (o.placed) o.placed AS k1, o.id AS o1
    FROM shop.orders AS o, touched AS __touched
    WHERE o.placed = __touched.k1
    ORDER BY o.placed, o.amount
  ),
  gone AS (
    DELETE FROM freshet_state.s1 AS t
    WHERE EXISTS (
      SELECT
      FROM touched AS x
      WHERE t.k1 = x.k1
    )
      AND (
      NOT EXISTS (
        SELECT
        FROM fresh AS f
        WHERE f.o1 = t.o1
      )
    )
  )
MERGE INTO freshet_state.s1 AS t
USING fresh AS d
ON t.o1 = d.o1
WHEN MATCHED AND (NOT record_image_eq(ROW(t.k1, t.o1), ROW(d.k1, d.o1))) THEN
  UPDATE SET k1 = d.k1, o1 = d.o1
WHEN NOT MATCHED THEN
  INSERT (k1, o1)
  VALUES (d.k1, d.o1);

-- Delta of public.st when shop.orders changed
MERGE INTO public.st AS t
USING (
  SELECT DISTINCT ON (net.id) net.id, net.__weight
  FROM (
    SELECT raw.id::integer AS id, sum(raw.__weight)::bigint AS __weight
    FROM (
      SELECT p.o1 AS id, p.__weight AS __weight
      FROM (
        SELECT raw.o1::integer AS o1, sum(raw.__weight)::bigint AS __weight
        FROM (
          SELECT __changes.o1 AS o1, __changes.__weight AS __weight
          FROM (
            SELECT b.k1, b.o1, b.__weight
            FROM changes.s1 AS b
          ) AS __changes
        ) AS raw (o1, __weight)
        GROUP BY raw.o1::integer
        HAVING sum(raw.__weight) <> 0
      ) AS p
    ) AS raw (id, __weight)
    GROUP BY raw.id::integer
    HAVING sum(raw.__weight) <> 0
  ) AS net
  ORDER BY net.id, net.__weight DESC
) AS d
ON t.id = d.id
WHEN MATCHED AND (d.__weight < 0) THEN
  DELETE
WHEN NOT MATCHED AND (d.__weight > 0) THEN
  INSERT (id)
  VALUES (d.id);
