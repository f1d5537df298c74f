-- Sources
--   shop.customers: id int4 not null, city text, name text not null; key (id)
--   shop.orders: id int4 not null, customer_id int4, amount int4 not null, price numeric(10,2), placed date not null; key (id)

-- Defining query
SELECT c.id FROM shop.customers c EXCEPT SELECT o.customer_id FROM shop.orders o;

-- Stage 1 of 2: freshet_state.s1
--   shape     recomputed partitions by c1 int4
--   columns   c1 int4
--   identity  bag
--   reads     shop.customers, shop.orders
--   index     hash_record_extended(ROW(c1), 0)
-- query
SELECT q.*
FROM (
  SELECT c.id
  FROM shop.customers AS c
  EXCEPT
  SELECT o.customer_id
  FROM shop.orders AS o
) AS q (c1);
-- touching
SELECT q.c1::integer AS k1
FROM (
  SELECT c.id
  FROM shop.customers AS c
) AS q (c1)
UNION ALL
SELECT q.c1::integer AS k1
FROM (
  SELECT o.customer_id
  FROM shop.orders AS o
) AS q (c1);
-- restricted
(
  SELECT q.c1::integer AS c1
  FROM
    (
      SELECT c.id
      FROM shop.customers AS c
    ) AS q (c1),
    touched AS __touched
  WHERE q.c1::integer = __touched.k1
  UNION ALL
  SELECT q.c1::integer AS c1
  FROM
    (
      SELECT c.id
      FROM shop.customers AS c
    ) AS q (c1),
    touched AS __touched
  WHERE (q.c1::integer IS NULL) AND (__touched.k1 IS NULL)
)
EXCEPT
(
  SELECT q.c1::integer AS c1
  FROM
    (
      SELECT o.customer_id
      FROM shop.orders AS o
    ) AS q (c1),
    touched AS __touched
  WHERE q.c1::integer = __touched.k1
  UNION ALL
  SELECT q.c1::integer AS c1
  FROM
    (
      SELECT o.customer_id
      FROM shop.orders AS o
    ) AS q (c1),
    touched AS __touched
  WHERE (q.c1::integer IS NULL) AND (__touched.k1 IS NULL)
);

-- Stage 2 of 2: public.st
--   shape     linear
--   columns   id int4
--   identity  bag
--   reads     freshet_state.s1
--   index     hash_record_extended(ROW(id), 0)
-- query
SELECT o.c1 AS id
FROM freshet_state.s1 AS o;

-- Delta of freshet_state.s1 when shop.customers alone changed
WITH
  touched AS MATERIALIZED (
    SELECT DISTINCT raw.k1
    FROM (
      SELECT q.c1::integer AS k1, q.__weight AS __weight
      FROM (
        SELECT c.id, c.__weight AS __weight
        FROM (
          SELECT b.id, b.__weight
          FROM changes.customers AS b
        ) AS c
      ) AS q (c1)
    ) AS raw (k1, __weight)
  ),
  wanted (c1) AS MATERIALIZED (
    (
      SELECT q.c1::integer AS c1
      FROM
        (
          SELECT c.id
          FROM shop.customers AS c
        ) AS q (c1),
        touched AS __touched
      WHERE q.c1::integer = __touched.k1
      UNION ALL
      SELECT q.c1::integer AS c1
      FROM
        (
          SELECT c.id
          FROM shop.customers AS c
        ) AS q (c1),
        touched AS __touched
      WHERE (q.c1::integer IS NULL) AND (__touched.k1 IS NULL)
    )
    EXCEPT
    (
      SELECT q.c1::integer AS c1
      FROM
        (
          SELECT o.customer_id
          FROM shop.orders AS o
        ) AS q (c1),
        touched AS __touched
      WHERE q.c1::integer = __touched.k1
      UNION ALL
      SELECT q.c1::integer AS c1
      FROM
        (
          SELECT o.customer_id
          FROM shop.orders AS o
        ) AS q (c1),
        touched AS __touched
      WHERE (q.c1::integer IS NULL) AND (__touched.k1 IS NULL)
    )
  ),
  fresh AS MATERIALIZED (
    SELECT w.c1, row_number() OVER (PARTITION BY w.c1) AS __copy
    FROM wanted AS w
  ),
  have AS MATERIALIZED (
    SELECT t.c1, row_number() OVER (PARTITION BY t.c1) AS __copy, t.ctid AS __place
    FROM freshet_state.s1 AS t
    WHERE EXISTS (
      SELECT
      FROM touched AS x
      WHERE (hash_record_extended(ROW(t.c1), 0) = hash_record_extended(ROW(x.k1), 0))
        AND (t.c1 IS NOT DISTINCT FROM x.k1)
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
          WHERE (hash_record_extended(ROW(f.c1), 0) = hash_record_extended(ROW(h.c1), 0))
            AND record_image_eq(ROW(f.c1), ROW(h.c1))
            AND (f.__copy = h.__copy)
        )
      )
    )
  )
INSERT INTO freshet_state.s1 (c1)
SELECT f.c1
FROM fresh AS f
WHERE NOT EXISTS (
  SELECT
  FROM have AS h
  WHERE (hash_record_extended(ROW(h.c1), 0) = hash_record_extended(ROW(f.c1), 0))
    AND record_image_eq(ROW(h.c1), ROW(f.c1))
    AND (h.__copy = f.__copy)
);

-- Delta of public.st when shop.customers alone changed
WITH
  delta AS MATERIALIZED (
    SELECT net.*, row_number() OVER () AS __row
    FROM (
      SELECT raw.id::integer AS id, sum(raw.__weight)::bigint AS __weight
      FROM (
        SELECT o.c1 AS id, o.__weight AS __weight
        FROM (
          SELECT b.c1, b.__weight
          FROM changes.s1 AS b
        ) AS o
      ) AS raw (id, __weight)
      GROUP BY raw.id::integer
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
          WHERE (hash_record_extended(ROW(t.id), 0) = hash_record_extended(ROW(d.id), 0))
            AND record_image_eq(ROW(t.id), ROW(d.id))
            AND (d.__weight < 0)
        ) AS f
        WHERE f.copy <= (- f.__weight)
      )
    )
  )
INSERT INTO public.st (id)
SELECT d.id
FROM delta AS d, generate_series(1, d.__weight) AS copy
WHERE d.__weight > 0;

-- Delta of freshet_state.s1 when shop.orders alone changed
WITH
  touched AS MATERIALIZED (
    SELECT DISTINCT raw.k1
    FROM (
      SELECT q.c1::integer AS k1, q.__weight AS __weight
      FROM (
        SELECT o.customer_id, o.__weight AS __weight
        FROM (
          SELECT b.id, b.customer_id, b.__weight
          FROM changes.orders AS b
        ) AS o
      ) AS q (c1)
    ) AS raw (k1, __weight)
  ),
  wanted (c1) AS MATERIALIZED (
    (
      SELECT q.c1::integer AS c1
      FROM
        (
          SELECT c.id
          FROM shop.customers AS c
        ) AS q (c1),
        touched AS __touched
      WHERE q.c1::integer = __touched.k1
      UNION ALL
      SELECT q.c1::integer AS c1
      FROM
        (
          SELECT c.id
          FROM shop.customers AS c
        ) AS q (c1),
        touched AS __touched
      WHERE (q.c1::integer IS NULL) AND (__touched.k1 IS NULL)
    )
    EXCEPT
    (
      SELECT q.c1::integer AS c1
      FROM
        (
          SELECT o.customer_id
          FROM shop.orders AS o
        ) AS q (c1),
        touched AS __touched
      WHERE q.c1::integer = __touched.k1
      UNION ALL
      SELECT q.c1::integer AS c1
      FROM
        (
          SELECT o.customer_id
          FROM shop.orders AS o
        ) AS q (c1),
        touched AS __touched
      WHERE (q.c1::integer IS NULL) AND (__touched.k1 IS NULL)
    )
  ),
  fresh AS MATERIALIZED (
    SELECT w.c1, row_number() OVER (PARTITION BY w.c1) AS __copy
    FROM wanted AS w
  ),
  have AS MATERIALIZED (
    SELECT t.c1, row_number() OVER (PARTITION BY t.c1) AS __copy, t.ctid AS __place
    FROM freshet_state.s1 AS t
    WHERE EXISTS (
      SELECT
      FROM touched AS x
      WHERE (hash_record_extended(ROW(t.c1), 0) = hash_record_extended(ROW(x.k1), 0))
        AND (t.c1 IS NOT DISTINCT FROM x.k1)
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
          WHERE (hash_record_extended(ROW(f.c1), 0) = hash_record_extended(ROW(h.c1), 0))
            AND record_image_eq(ROW(f.c1), ROW(h.c1))
            AND (f.__copy = h.__copy)
        )
      )
    )
  )
INSERT INTO freshet_state.s1 (c1)
SELECT f.c1
FROM fresh AS f
WHERE NOT EXISTS (
  SELECT
  FROM have AS h
  WHERE (hash_record_extended(ROW(h.c1), 0) = hash_record_extended(ROW(f.c1), 0))
    AND record_image_eq(ROW(h.c1), ROW(f.c1))
    AND (h.__copy = f.__copy)
);

-- Delta of public.st when shop.orders alone changed
WITH
  delta AS MATERIALIZED (
    SELECT net.*, row_number() OVER () AS __row
    FROM (
      SELECT raw.id::integer AS id, sum(raw.__weight)::bigint AS __weight
      FROM (
        SELECT o.c1 AS id, o.__weight AS __weight
        FROM (
          SELECT b.c1, b.__weight
          FROM changes.s1 AS b
        ) AS o
      ) AS raw (id, __weight)
      GROUP BY raw.id::integer
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
          WHERE (hash_record_extended(ROW(t.id), 0) = hash_record_extended(ROW(d.id), 0))
            AND record_image_eq(ROW(t.id), ROW(d.id))
            AND (d.__weight < 0)
        ) AS f
        WHERE f.copy <= (- f.__weight)
      )
    )
  )
INSERT INTO public.st (id)
SELECT d.id
FROM delta AS d, generate_series(1, d.__weight) AS copy
WHERE d.__weight > 0;
