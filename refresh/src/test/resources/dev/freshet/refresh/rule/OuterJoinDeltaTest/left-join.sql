-- Sources
--   shop.orders: id int4 not null, customer_id int4, amount int4 not null, price numeric(10,2), placed date not null; key (id)
--   shop.customers: id int4 not null, city text, name text not null; key (id)

-- Defining query
SELECT o.id, c.city
FROM shop.orders o LEFT JOIN shop.customers c ON c.id = o.customer_id;

-- Stage 1 of 1: public.st
--   shape     linear
--   columns   id int4 not null, city text
--   identity  key (id)
--   reads     shop.customers, shop.orders
-- query
SELECT __join1.c1 AS id, __join1.c2 AS city
FROM (
  SELECT o.id AS c1, c.city AS c2, c.id AS c3, o.customer_id AS c4
  FROM shop.orders AS o
    LEFT JOIN shop.customers AS c ON c.id = o.customer_id
) AS __join1;

-- Delta of public.st when all sources changed
WITH
  __delta1 AS (
    (
      (
        (
          (
            SELECT o.id AS c1, c.city AS c2, c.id AS c3, o.customer_id AS c4, o.__weight AS __weight
            FROM (
              SELECT b.id, b.customer_id, b.__weight
              FROM changes.orders AS b
            ) AS o
              JOIN shop.customers AS c ON c.id = o.customer_id
            UNION ALL
            SELECT o.id AS c1, c.city AS c2, c.id AS c3, o.customer_id AS c4, c.__weight AS __weight
            FROM shop.orders AS o
              JOIN (
              SELECT b.id, b.city, b.__weight
              FROM changes.customers AS b
            ) AS c ON c.id = o.customer_id
          )
          UNION ALL
          SELECT
            o.id AS c1,
            c.city AS c2,
            c.id AS c3,
            o.customer_id AS c4,
            - (o.__weight * c.__weight) AS __weight
          FROM (
            SELECT b.id, b.customer_id, b.__weight
            FROM changes.orders AS b
          ) AS o
            JOIN (
            SELECT b.id, b.city, b.__weight
            FROM changes.customers AS b
          ) AS c ON c.id = o.customer_id
        )
        UNION ALL
        SELECT o.id AS c1, NULL AS c2, NULL AS c3, o.customer_id AS c4, o.__weight AS __weight
        FROM (
          SELECT b.id, b.customer_id, b.__weight
          FROM changes.orders AS b
        ) AS o
        WHERE NOT EXISTS (
          SELECT
          FROM shop.customers AS c
          WHERE c.id = o.customer_id
        )
      )
      UNION ALL
      SELECT
        o.id AS c1,
        NULL AS c2,
        NULL AS c3,
        o.customer_id AS c4,
        CASE WHEN (__now.matches = 0) THEN 1 ELSE (- 1) END AS __weight
      FROM
        (
          SELECT
            sum(c.__weight) OVER (PARTITION BY o.__n) AS __changed,
            row_number() OVER (PARTITION BY o.__n) AS __first,
            o.customer_id AS customer_id,
            o.id AS id
          FROM
            (
              SELECT row_number() OVER () AS __n, o.customer_id AS customer_id, o.id AS id
              FROM shop.orders AS o
              WHERE EXISTS (
                SELECT
                FROM (
                  SELECT b.id, b.city, b.__weight
                  FROM changes.customers AS b
                ) AS c
                WHERE c.id = o.customer_id
              )
            ) AS o,
            (
              SELECT b.id, b.city, b.__weight
              FROM changes.customers AS b
            ) AS c
          WHERE c.id = o.customer_id
        ) AS o,
        LATERAL (
          SELECT count(*) AS matches
          FROM shop.customers AS c
          WHERE c.id = o.customer_id
        ) AS __now
      WHERE (o.__first = 1) AND ((__now.matches = 0) <> ((__now.matches - o.__changed) = 0))
    )
    UNION ALL
    SELECT
      o.id AS c1,
      NULL AS c2,
      NULL AS c3,
      o.customer_id AS c4,
      - (o.__weight * CASE WHEN (__now.matches = 0) THEN 1 ELSE (- 1) END) AS __weight
    FROM
      (
        SELECT
          sum(c.__weight) OVER (PARTITION BY o.__n) AS __changed,
          row_number() OVER (PARTITION BY o.__n) AS __first,
          o.customer_id AS customer_id,
          o.id AS id,
          o.__weight AS __weight
        FROM
          (
            SELECT
              row_number() OVER () AS __n,
              o.customer_id AS customer_id,
              o.id AS id,
              o.__weight AS __weight
            FROM (
              SELECT b.id, b.customer_id, b.__weight
              FROM changes.orders AS b
            ) AS o
            WHERE EXISTS (
              SELECT
              FROM (
                SELECT b.id, b.city, b.__weight
                FROM changes.customers AS b
              ) AS c
              WHERE c.id = o.customer_id
            )
          ) AS o,
          (
            SELECT b.id, b.city, b.__weight
            FROM changes.customers AS b
          ) AS c
        WHERE c.id = o.customer_id
      ) AS o,
      LATERAL (
        SELECT count(*) AS matches
        FROM shop.customers AS c
        WHERE c.id = o.customer_id
      ) AS __now
    WHERE (o.__first = 1) AND ((__now.matches = 0) <> ((__now.matches - o.__changed) = 0))
  )
MERGE INTO public.st AS t
USING (
  SELECT DISTINCT ON (net.id) net.id, net.city, net.__weight
  FROM (
    SELECT raw.id::integer AS id, raw.city::text AS city, sum(raw.__weight)::bigint AS __weight
    FROM (
      SELECT __join1.c1 AS id, __join1.c2 AS city, __join1.__weight AS __weight
      FROM __delta1 AS __join1
    ) AS raw (id, city, __weight)
    GROUP BY raw.id::integer, raw.city::text
    HAVING sum(raw.__weight) <> 0
  ) AS net
  ORDER BY net.id, net.__weight DESC
) AS d
ON t.id = d.id
WHEN MATCHED AND (d.__weight < 0) THEN
  DELETE
WHEN MATCHED THEN
  UPDATE SET city = d.city
WHEN NOT MATCHED AND (d.__weight > 0) THEN
  INSERT (id, city)
  VALUES (d.id, d.city);

-- Delta of public.st when shop.orders alone changed
WITH
  __delta1 AS (
    SELECT o.id AS c1, c.city AS c2, c.id AS c3, o.customer_id AS c4, o.__weight AS __weight
    FROM (
      SELECT b.id, b.customer_id, b.__weight
      FROM changes.orders AS b
    ) AS o
      JOIN shop.customers AS c ON c.id = o.customer_id
    UNION ALL
    SELECT o.id AS c1, NULL AS c2, NULL AS c3, o.customer_id AS c4, o.__weight AS __weight
    FROM (
      SELECT b.id, b.customer_id, b.__weight
      FROM changes.orders AS b
    ) AS o
    WHERE NOT EXISTS (
      SELECT
      FROM shop.customers AS c
      WHERE c.id = o.customer_id
    )
  )
MERGE INTO public.st AS t
USING (
  SELECT DISTINCT ON (net.id) net.id, net.city, net.__weight
  FROM (
    SELECT raw.id::integer AS id, raw.city::text AS city, sum(raw.__weight)::bigint AS __weight
    FROM (
      SELECT __join1.c1 AS id, __join1.c2 AS city, __join1.__weight AS __weight
      FROM __delta1 AS __join1
    ) AS raw (id, city, __weight)
    GROUP BY raw.id::integer, raw.city::text
    HAVING sum(raw.__weight) <> 0
  ) AS net
  ORDER BY net.id, net.__weight DESC
) AS d
ON t.id = d.id
WHEN MATCHED AND (d.__weight < 0) THEN
  DELETE
WHEN MATCHED THEN
  UPDATE SET city = d.city
WHEN NOT MATCHED AND (d.__weight > 0) THEN
  INSERT (id, city)
  VALUES (d.id, d.city);

-- Delta of public.st when shop.customers alone changed
WITH
  __delta1 AS (
    SELECT o.id AS c1, c.city AS c2, c.id AS c3, o.customer_id AS c4, c.__weight AS __weight
    FROM shop.orders AS o
      JOIN (
      SELECT b.id, b.city, b.__weight
      FROM changes.customers AS b
    ) AS c ON c.id = o.customer_id
    UNION ALL
    SELECT
      o.id AS c1,
      NULL AS c2,
      NULL AS c3,
      o.customer_id AS c4,
      CASE WHEN (__now.matches = 0) THEN 1 ELSE (- 1) END AS __weight
    FROM
      (
        SELECT
          sum(c.__weight) OVER (PARTITION BY o.__n) AS __changed,
          row_number() OVER (PARTITION BY o.__n) AS __first,
          o.customer_id AS customer_id,
          o.id AS id
        FROM
          (
            SELECT row_number() OVER () AS __n, o.customer_id AS customer_id, o.id AS id
            FROM shop.orders AS o
            WHERE EXISTS (
              SELECT
              FROM (
                SELECT b.id, b.city, b.__weight
                FROM changes.customers AS b
              ) AS c
              WHERE c.id = o.customer_id
            )
          ) AS o,
          (
            SELECT b.id, b.city, b.__weight
            FROM changes.customers AS b
          ) AS c
        WHERE c.id = o.customer_id
      ) AS o,
      LATERAL (
        SELECT count(*) AS matches
        FROM shop.customers AS c
        WHERE c.id = o.customer_id
      ) AS __now
    WHERE (o.__first = 1) AND ((__now.matches = 0) <> ((__now.matches - o.__changed) = 0))
  )
MERGE INTO public.st AS t
USING (
  SELECT DISTINCT ON (net.id) net.id, net.city, net.__weight
  FROM (
    SELECT raw.id::integer AS id, raw.city::text AS city, sum(raw.__weight)::bigint AS __weight
    FROM (
      SELECT __join1.c1 AS id, __join1.c2 AS city, __join1.__weight AS __weight
      FROM __delta1 AS __join1
    ) AS raw (id, city, __weight)
    GROUP BY raw.id::integer, raw.city::text
    HAVING sum(raw.__weight) <> 0
  ) AS net
  ORDER BY net.id, net.__weight DESC
) AS d
ON t.id = d.id
WHEN MATCHED AND (d.__weight < 0) THEN
  DELETE
WHEN MATCHED THEN
  UPDATE SET city = d.city
WHEN NOT MATCHED AND (d.__weight > 0) THEN
  INSERT (id, city)
  VALUES (d.id, d.city);
