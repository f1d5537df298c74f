-- Sources
--   shop.customers: id int4 not null, city text, name text not null; key (id)

-- Defining query
SELECT a.name AS a, b.name AS b, c.name AS c, d.name AS d, e.name AS e, f.name AS f
FROM shop.customers a
JOIN shop.customers b ON b.id = a.id
JOIN shop.customers c ON c.id = b.id
JOIN shop.customers d ON d.id = c.id
JOIN shop.customers e ON e.id = d.id
JOIN shop.customers f ON f.id = e.id;

-- Stage 1 of 1: public.st
--   shape     linear
--   columns   a text not null, b text not null, c text not null, d text not null, e text not null, f text not null
--   identity  bag
--   reads     shop.customers
--   index     hash_record_extended(ROW(a, b, c, d, e, f), 0)
-- query
SELECT a.name AS a, b.name AS b, c.name AS c, d.name AS d, e.name AS e, f.name AS f
FROM shop.customers AS a
  JOIN shop.customers AS b ON b.id = a.id
  JOIN shop.customers AS c ON c.id = b.id
  JOIN shop.customers AS d ON d.id = c.id
  JOIN shop.customers AS e ON e.id = d.id
  JOIN shop.customers AS f ON f.id = e.id;

-- Delta of public.st when shop.customers changed
WITH
  delta AS MATERIALIZED (
    SELECT net.*, row_number() OVER () AS __row
    FROM (
      SELECT
        raw.a::text AS a,
        raw.b::text AS b,
        raw.c::text AS c,
        raw.d::text AS d,
        raw.e::text AS e,
        raw.f::text AS f,
        sum(raw.__weight)::bigint AS __weight
      FROM (
        (
          (
            (
              (
                SELECT
                  a.name AS a,
                  b.name AS b,
                  c.name AS c,
                  d.name AS d,
                  e.name AS e,
                  f.name AS f,
                  ((((a.__weight * b.__weight) * c.__weight) * d.__weight) * e.__weight) * f.__weight AS __weight
                FROM (
                  SELECT b.id, b.name, b.__weight
                  FROM changes.customers AS b
                ) AS a
                  JOIN (
                  SELECT b.id AS id, b.name AS name, 1::bigint AS __weight
                  FROM shop.customers AS b
                  UNION ALL
                  SELECT b.id AS id, b.name AS name, (- b.__weight)::bigint AS __weight
                  FROM (
                    SELECT b.id, b.name, b.__weight
                    FROM changes.customers AS b
                  ) AS b
                ) AS b ON b.id = a.id
                  JOIN (
                  SELECT c.id AS id, c.name AS name, 1::bigint AS __weight
                  FROM shop.customers AS c
                  UNION ALL
                  SELECT c.id AS id, c.name AS name, (- c.__weight)::bigint AS __weight
                  FROM (
                    SELECT b.id, b.name, b.__weight
                    FROM changes.customers AS b
                  ) AS c
                ) AS c ON c.id = b.id
                  JOIN (
                  SELECT d.id AS id, d.name AS name, 1::bigint AS __weight
                  FROM shop.customers AS d
                  UNION ALL
                  SELECT d.id AS id, d.name AS name, (- d.__weight)::bigint AS __weight
                  FROM (
                    SELECT b.id, b.name, b.__weight
                    FROM changes.customers AS b
                  ) AS d
                ) AS d ON d.id = c.id
                  JOIN (
                  SELECT e.id AS id, e.name AS name, 1::bigint AS __weight
                  FROM shop.customers AS e
                  UNION ALL
                  SELECT e.id AS id, e.name AS name, (- e.__weight)::bigint AS __weight
                  FROM (
                    SELECT b.id, b.name, b.__weight
                    FROM changes.customers AS b
                  ) AS e
                ) AS e ON e.id = d.id
                  JOIN (
                  SELECT f.id AS id, f.name AS name, 1::bigint AS __weight
                  FROM shop.customers AS f
                  UNION ALL
                  SELECT f.id AS id, f.name AS name, (- f.__weight)::bigint AS __weight
                  FROM (
                    SELECT b.id, b.name, b.__weight
                    FROM changes.customers AS b
                  ) AS f
                ) AS f ON f.id = e.id
                UNION ALL
                SELECT
                  a.name AS a,
                  b.name AS b,
                  c.name AS c,
                  d.name AS d,
                  e.name AS e,
                  f.name AS f,
                  (((b.__weight * c.__weight) * d.__weight) * e.__weight) * f.__weight AS __weight
                FROM shop.customers AS a
                  JOIN (
                  SELECT b.id, b.name, b.__weight
                  FROM changes.customers AS b
                ) AS b ON b.id = a.id
                  JOIN (
                  SELECT c.id AS id, c.name AS name, 1::bigint AS __weight
                  FROM shop.customers AS c
                  UNION ALL
                  SELECT c.id AS id, c.name AS name, (- c.__weight)::bigint AS __weight
                  FROM (
                    SELECT b.id, b.name, b.__weight
                    FROM changes.customers AS b
                  ) AS c
                ) AS c ON c.id = b.id
                  JOIN (
                  SELECT d.id AS id, d.name AS name, 1::bigint AS __weight
                  FROM shop.customers AS d
                  UNION ALL
                  SELECT d.id AS id, d.name AS name, (- d.__weight)::bigint AS __weight
                  FROM (
                    SELECT b.id, b.name, b.__weight
                    FROM changes.customers AS b
                  ) AS d
                ) AS d ON d.id = c.id
                  JOIN (
                  SELECT e.id AS id, e.name AS name, 1::bigint AS __weight
                  FROM shop.customers AS e
                  UNION ALL
                  SELECT e.id AS id, e.name AS name, (- e.__weight)::bigint AS __weight
                  FROM (
                    SELECT b.id, b.name, b.__weight
                    FROM changes.customers AS b
                  ) AS e
                ) AS e ON e.id = d.id
                  JOIN (
                  SELECT f.id AS id, f.name AS name, 1::bigint AS __weight
                  FROM shop.customers AS f
                  UNION ALL
                  SELECT f.id AS id, f.name AS name, (- f.__weight)::bigint AS __weight
                  FROM (
                    SELECT b.id, b.name, b.__weight
                    FROM changes.customers AS b
                  ) AS f
                ) AS f ON f.id = e.id
              )
              UNION ALL
              SELECT
                a.name AS a,
                b.name AS b,
                c.name AS c,
                d.name AS d,
                e.name AS e,
                f.name AS f,
                ((c.__weight * d.__weight) * e.__weight) * f.__weight AS __weight
              FROM shop.customers AS a
                JOIN shop.customers AS b ON b.id = a.id
                JOIN (
                SELECT b.id, b.name, b.__weight
                FROM changes.customers AS b
              ) AS c ON c.id = b.id
                JOIN (
                SELECT d.id AS id, d.name AS name, 1::bigint AS __weight
                FROM shop.customers AS d
                UNION ALL
                SELECT d.id AS id, d.name AS name, (- d.__weight)::bigint AS __weight
                FROM (
                  SELECT b.id, b.name, b.__weight
                  FROM changes.customers AS b
                ) AS d
              ) AS d ON d.id = c.id
                JOIN (
                SELECT e.id AS id, e.name AS name, 1::bigint AS __weight
                FROM shop.customers AS e
                UNION ALL
                SELECT e.id AS id, e.name AS name, (- e.__weight)::bigint AS __weight
                FROM (
                  SELECT b.id, b.name, b.__weight
                  FROM changes.customers AS b
                ) AS e
              ) AS e ON e.id = d.id
                JOIN (
                SELECT f.id AS id, f.name AS name, 1::bigint AS __weight
                FROM shop.customers AS f
                UNION ALL
                SELECT f.id AS id, f.name AS name, (- f.__weight)::bigint AS __weight
                FROM (
                  SELECT b.id, b.name, b.__weight
                  FROM changes.customers AS b
                ) AS f
              ) AS f ON f.id = e.id
            )
            UNION ALL
            SELECT
              a.name AS a,
              b.name AS b,
              c.name AS c,
              d.name AS d,
              e.name AS e,
              f.name AS f,
              (d.__weight * e.__weight) * f.__weight AS __weight
            FROM shop.customers AS a
              JOIN shop.customers AS b ON b.id = a.id
              JOIN shop.customers AS c ON c.id = b.id
              JOIN (
              SELECT b.id, b.name, b.__weight
              FROM changes.customers AS b
            ) AS d ON d.id = c.id
              JOIN (
              SELECT e.id AS id, e.name AS name, 1::bigint AS __weight
              FROM shop.customers AS e
              UNION ALL
              SELECT e.id AS id, e.name AS name, (- e.__weight)::bigint AS __weight
              FROM (
                SELECT b.id, b.name, b.__weight
                FROM changes.customers AS b
              ) AS e
            ) AS e ON e.id = d.id
              JOIN (
              SELECT f.id AS id, f.name AS name, 1::bigint AS __weight
              FROM shop.customers AS f
              UNION ALL
              SELECT f.id AS id, f.name AS name, (- f.__weight)::bigint AS __weight
              FROM (
                SELECT b.id, b.name, b.__weight
                FROM changes.customers AS b
              ) AS f
            ) AS f ON f.id = e.id
          )
          UNION ALL
          SELECT
            a.name AS a,
            b.name AS b,
            c.name AS c,
            d.name AS d,
            e.name AS e,
            f.name AS f,
            e.__weight * f.__weight AS __weight
          FROM shop.customers AS a
            JOIN shop.customers AS b ON b.id = a.id
            JOIN shop.customers AS c ON c.id = b.id
            JOIN shop.customers AS d ON d.id = c.id
            JOIN (
            SELECT b.id, b.name, b.__weight
            FROM changes.customers AS b
          ) AS e ON e.id = d.id
            JOIN (
            SELECT f.id AS id, f.name AS name, 1::bigint AS __weight
            FROM shop.customers AS f
            UNION ALL
            SELECT f.id AS id, f.name AS name, (- f.__weight)::bigint AS __weight
            FROM (
              SELECT b.id, b.name, b.__weight
              FROM changes.customers AS b
            ) AS f
          ) AS f ON f.id = e.id
        )
        UNION ALL
        SELECT
          a.name AS a,
          b.name AS b,
          c.name AS c,
          d.name AS d,
          e.name AS e,
          f.name AS f,
          f.__weight AS __weight
        FROM shop.customers AS a
          JOIN shop.customers AS b ON b.id = a.id
          JOIN shop.customers AS c ON c.id = b.id
          JOIN shop.customers AS d ON d.id = c.id
          JOIN shop.customers AS e ON e.id = d.id
          JOIN (
          SELECT b.id, b.name, b.__weight
          FROM changes.customers AS b
        ) AS f ON f.id = e.id
      ) AS raw (a, b, c, d, e, f, __weight)
      GROUP BY raw.a::text, raw.b::text, raw.c::text, raw.d::text, raw.e::text, raw.f::text
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
          WHERE (hash_record_extended(ROW(t.a, t.b, t.c, t.d, t.e, t.f), 0) = hash_record_extended(ROW(d.a, d.b, d.c, d.d, d.e, d.f), 0))
            AND record_image_eq(ROW(t.a, t.b, t.c, t.d, t.e, t.f), ROW(d.a, d.b, d.c, d.d, d.e, d.f))
            AND (d.__weight < 0)
        ) AS f
        WHERE f.copy <= (- f.__weight)
      )
    )
  )
INSERT INTO public.st (a, b, c, d, e, f)
SELECT d.a, d.b, d.c, d.d, d.e, d.f
FROM delta AS d, generate_series(1, d.__weight) AS copy
WHERE d.__weight > 0;
