-- Sources
--   shop.items: order_id int4 not null, line int4 not null, product text not null, quantity int4; key (line, order_id)

-- Defining query
SELECT i.line, row_number() OVER (PARTITION BY i.order_id ORDER BY i.line) AS place FROM shop.items i;

-- Stage 1 of 2: freshet_state.s1
--   shape     recomputed partitions by k1 int4 not null
--   columns   k1 int4 not null, o1 int4 not null, o2 int8
--   identity  key (k1, o1)
--   reads     shop.items
-- query
SELECT
  i.order_id AS k1,
  i.line AS o1,
  row_number() OVER (PARTITION BY i.order_id ORDER BY i.line) AS o2
FROM shop.items AS i;
-- touching
SELECT i.order_id AS k1
FROM shop.items AS i;
-- restricted
SELECT
  i.order_id AS k1,
  i.line AS o1,
  row_number() OVER (PARTITION BY i.order_id ORDER BY i.line) AS o2
FROM shop.items AS i, touched AS __touched
WHERE i.order_id = __touched.k1;

-- Stage 2 of 2: public.st
--   shape     linear
--   columns   line int4 not null, place int8
--   identity  bag
--   reads     freshet_state.s1
--   index     hash_record_extended(ROW(line, place), 0)
-- query
SELECT p.o1 AS line, p.o2 AS place
FROM freshet_state.s1 AS p;

-- Delta of freshet_state.s1 when shop.items changed
WITH
  touched AS MATERIALIZED (
    SELECT DISTINCT raw.k1
    FROM (
      SELECT i.order_id AS k1, i.__weight AS __weight
      FROM (
        SELECT b.order_id, b.line, b.__weight
        FROM changes.items AS b
      ) AS i
    ) AS raw (k1, __weight)
  ),
  fresh (k1, o1, o2) AS MATERIALIZED (
    SELECT
      i.order_id AS k1,
      i.line AS o1,
      row_number() OVER (PARTITION BY i.order_id ORDER BY i.line) AS o2
    FROM shop.items AS i, touched AS __touched
    WHERE i.order_id = __touched.k1
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
        WHERE (f.k1 = t.k1) AND (f.o1 = t.o1)
      )
    )
  )
MERGE INTO freshet_state.s1 AS t
USING fresh AS d
ON (t.k1 = d.k1) AND (t.o1 = d.o1)
WHEN MATCHED AND (NOT record_image_eq(ROW(t.k1, t.o1, t.o2), ROW(d.k1, d.o1, d.o2))) THEN
  UPDATE SET k1 = d.k1, o1 = d.o1, o2 = d.o2
WHEN NOT MATCHED THEN
  INSERT (k1, o1, o2)
  VALUES (d.k1, d.o1, d.o2);

-- Delta of public.st when shop.items changed
WITH
  delta AS MATERIALIZED (
    SELECT net.*, row_number() OVER () AS __row
    FROM (
      SELECT raw.line::integer AS line, raw.place::bigint AS place, sum(raw.__weight)::bigint AS __weight
      FROM (
        SELECT p.o1 AS line, p.o2 AS place, p.__weight AS __weight
        FROM (
          SELECT raw.o1::integer AS o1, raw.o2::bigint AS o2, sum(raw.__weight)::bigint AS __weight
          FROM (
            SELECT __changes.o1 AS o1, __changes.o2 AS o2, __changes.__weight AS __weight
            FROM (
              SELECT b.k1, b.o1, b.o2, b.__weight
              FROM changes.s1 AS b
            ) AS __changes
          ) AS raw (o1, o2, __weight)
          GROUP BY raw.o1::integer, raw.o2::bigint
          HAVING sum(raw.__weight) <> 0
        ) AS p
      ) AS raw (line, place, __weight)
      GROUP BY raw.line::integer, raw.place::bigint
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
          WHERE (hash_record_extended(ROW(t.line, t.place), 0) = hash_record_extended(ROW(d.line, d.place), 0))
            AND record_image_eq(ROW(t.line, t.place), ROW(d.line, d.place))
            AND (d.__weight < 0)
        ) AS f
        WHERE f.copy <= (- f.__weight)
      )
    )
  )
INSERT INTO public.st (line, place)
SELECT d.line, d.place
FROM delta AS d, generate_series(1, d.__weight) AS copy
WHERE d.__weight > 0;
