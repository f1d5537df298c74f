-- Sources
--   shop.customers: id int4 not null, city text, name text not null; key (id)
--   shop.orders: id int4 not null, customer_id int4, amount int4 not null, price numeric(10,2), placed date not null; key (id)

-- Defining query
SELECT c.name, top.amount
FROM shop.customers c
JOIN (SELECT o.customer_id, o.amount FROM shop.orders o ORDER BY o.amount DESC LIMIT 10) top ON top.customer_id = c.id;

-- Stage 1 of 2: freshet_state.s1
--   shape     one recomputed partition
--   columns   o1 int4, o2 int4 not null
--   identity  bag
--   reads     shop.orders
--   index     hash_record_extended(ROW(o1, o2), 0)
-- query
SELECT o.customer_id AS o1, o.amount AS o2
FROM shop.orders AS o
ORDER BY o.amount DESC
LIMIT 10;
-- touching
SELECT true AS "any"
FROM shop.orders AS o;
-- restricted
SELECT whole.*
FROM (
  SELECT o.customer_id AS o1, o.amount AS o2
  FROM shop.orders AS o
  ORDER BY o.amount DESC
  LIMIT 10
) AS whole
WHERE EXISTS (
  SELECT
  FROM touched
);

-- Stage 2 of 2: public.st
--   shape     linear
--   columns   name text not null, amount int4 not null
--   identity  bag
--   reads     freshet_state.s1, shop.customers
--   index     hash_record_extended(ROW(name, amount), 0)
-- query
SELECT c.name, top.amount
FROM shop.customers AS c
  JOIN (
  SELECT p.o1 AS customer_id, p.o2 AS amount
  FROM freshet_state.s1 AS p
) AS top ON top.customer_id = c.id;

-- Delta of freshet_state.s1 when all sources changed
WITH
  touched AS MATERIALIZED (
    SELECT true AS "any"
    FROM (
      SELECT true AS "any", o.__weight AS __weight
      FROM (
        SELECT b.id, b.customer_id, b.amount, b.__weight
        FROM changes.orders AS b
      ) AS o
    ) AS raw ("any", __weight)
    LIMIT 1
  ),
  wanted (o1, o2) AS MATERIALIZED (
    SELECT whole.*
    FROM (
      SELECT o.customer_id AS o1, o.amount AS o2
      FROM shop.orders AS o
      ORDER BY o.amount DESC
      LIMIT 10
    ) AS whole
    WHERE EXISTS (
      SELECT
      FROM touched
    )
  ),
  fresh AS MATERIALIZED (
    SELECT w.o1, w.o2, row_number() OVER (PARTITION BY w.o1, w.o2) AS __copy
    FROM wanted AS w
  ),
  have AS MATERIALIZED (
    SELECT t.o1, t.o2, row_number() OVER (PARTITION BY t.o1, t.o2) AS __copy, t.ctid AS __place
    FROM freshet_state.s1 AS t
    WHERE EXISTS (
      SELECT
      FROM touched AS x
    )
  ),
  gone AS (
    DELETE FROM freshet_state.s1 AS t
    WHERE t.ctid = ANY (
      ARRAY(
        SELECT h.__place
        FROM have AS h
        WHERE NOT EXISTS (
          SELECT
          FROM fresh AS f
          WHERE (hash_record_extended(ROW(f.o1, f.o2), 0) = hash_record_extended(ROW(h.o1, h.o2), 0))
            AND record_image_eq(ROW(f.o1, f.o2), ROW(h.o1, h.o2))
            AND (f.__copy = h.__copy)
        )
      )
    )
  )
INSERT INTO freshet_state.s1 (o1, o2)
SELECT f.o1, f.o2
FROM fresh AS f
WHERE NOT EXISTS (
  SELECT
  FROM have AS h
  WHERE (hash_record_extended(ROW(h.o1, h.o2), 0) = hash_record_extended(ROW(f.o1, f.o2), 0))
    AND record_image_eq(ROW(h.o1, h.o2), ROW(f.o1, f.o2))
    AND (h.__copy = f.__copy)
);

-- Delta of public.st when all sources changed
WITH
  delta AS MATERIALIZED (
    SELECT net.*, row_number() OVER () AS __row
    FROM (
      SELECT raw.name::text AS name, raw.amount::integer AS amount, sum(raw.__weight)::bigint AS __weight
      FROM (
        (
          SELECT c.name, top.amount, c.__weight AS __weight
          FROM (
            SELECT b.id, b.name, b.__weight
            FROM changes.customers AS b
          ) AS c
            JOIN (
            SELECT p.o1 AS customer_id, p.o2 AS amount
            FROM freshet_state.s1 AS p
          ) AS top ON top.customer_id = c.id
          UNION ALL
          SELECT c.name, top.amount, top.__weight AS __weight
          FROM shop.customers AS c
            JOIN (
            SELECT p.o1 AS customer_id, p.o2 AS amount, p.__weight AS __weight
            FROM (
              SELECT b.o1, b.o2, b.__weight
              FROM changes.s1 AS b
            ) AS p
          ) AS top ON top.customer_id = c.id
        )
        UNION ALL
        SELECT c.name, top.amount, - (c.__weight * top.__weight) AS __weight
        FROM (
          SELECT b.id, b.name, b.__weight
          FROM changes.customers AS b
        ) AS c
          JOIN (
          SELECT p.o1 AS customer_id, p.o2 AS amount, p.__weight AS __weight
          FROM (
            SELECT b.o1, b.o2, b.__weight
            FROM changes.s1 AS b
          ) AS p
        ) AS top ON top.customer_id = c.id
      ) AS raw (name, amount, __weight)
      GROUP BY raw.name::text, raw.amount::integer
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
          WHERE (hash_record_extended(ROW(t.name, t.amount), 0) = hash_record_extended(ROW(d.name, d.amount), 0))
            AND record_image_eq(ROW(t.name, t.amount), ROW(d.name, d.amount))
            AND (d.__weight < 0)
        ) AS f
        WHERE f.copy <= (- f.__weight)
      )
    )
  )
INSERT INTO public.st (name, amount)
SELECT d.name, d.amount
FROM delta AS d, generate_series(1, d.__weight) AS copy
WHERE d.__weight > 0;
