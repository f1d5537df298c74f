-- Sources
--   shop.orders: id int4 not null, customer_id int4, amount int4 not null, price numeric(10,2), placed date not null; key (id)
--   shop.customers: id int4 not null, city text, name text not null; key (id)

-- Defining query
SELECT o.id, c.id AS customer
FROM shop.orders o RIGHT JOIN shop.customers c ON c.id = o.customer_id;

-- Stage 1 of 1: public.st
--   shape     linear
--   columns   id int4, customer int4 not null
--   identity  key (id, customer)
--   reads     shop.customers, shop.orders
--   index     hash_record_extended(ROW(id, customer), 0)
-- query
SELECT __join1.c1 AS id, __join1.c2 AS customer
FROM (
  SELECT o.id AS c1, c.id AS c2, o.customer_id AS c3
  FROM shop.orders AS o
    RIGHT JOIN shop.customers AS c ON c.id = o.customer_id
) AS __join1;

-- Delta of public.st when all sources changed
WITH
  __delta1 AS (
    (
      (
        (
          (
            SELECT o.id AS c1, c.id AS c2, o.customer_id AS c3, o.__weight AS __weight
            FROM (
              SELECT b.id, b.customer_id, b.__weight
              FROM changes.orders AS b
            ) AS o
              JOIN shop.customers AS c ON c.id = o.customer_id
            UNION ALL
            SELECT o.id AS c1, c.id AS c2, o.customer_id AS c3, c.__weight AS __weight
            FROM shop.orders AS o
              JOIN (
              SELECT b.id, b.__weight
              FROM changes.customers AS b
            ) AS c ON c.id = o.customer_id
          )
          UNION ALL
          SELECT o.id AS c1, c.id AS c2, o.customer_id AS c3, - (o.__weight * c.__weight) AS __weight
          FROM (
            SELECT b.id, b.customer_id, b.__weight
            FROM changes.orders AS b
          ) AS o
            JOIN (
            SELECT b.id, b.__weight
            FROM changes.customers AS b
          ) AS c ON c.id = o.customer_id
        )
        UNION ALL
        SELECT NULL AS c1, c.id AS c2, NULL AS c3, c.__weight AS __weight
        FROM (
          SELECT b.id, b.__weight
          FROM changes.customers AS b
        ) AS c
        WHERE NOT EXISTS (
          SELECT
          FROM shop.orders AS o
          WHERE c.id = o.customer_id
        )
      )
      UNION ALL
      SELECT
        NULL AS c1,
        c.id AS c2,
        NULL AS c3,
        CASE WHEN (__now.matches = 0) THEN 1 ELSE (- 1) END AS __weight
      FROM
        (
          SELECT
            sum(o.__weight) OVER (PARTITION BY c.__n) AS __changed,
            row_number() OVER (PARTITION BY c.__n) AS __first,
            c.id AS id
          FROM
            (
              SELECT row_number() OVER () AS __n, c.id AS id
              FROM shop.customers AS c
              WHERE EXISTS (
                SELECT
                FROM (
                  SELECT b.id, b.customer_id, b.__weight
                  FROM changes.orders AS b
                ) AS o
                WHERE c.id = o.customer_id
              )
            ) AS c,
            (
              SELECT b.id, b.customer_id, b.__weight
              FROM changes.orders AS b
            ) AS o
          WHERE c.id = o.customer_id
        ) AS c,
        LATERAL (
          SELECT count(*) AS matches
          FROM shop.orders AS o
          WHERE c.id = o.customer_id
        ) AS __now
      WHERE (c.__first = 1) AND ((__now.matches = 0) <> ((__now.matches - c.__changed) = 0))
    )
    UNION ALL
    SELECT
      NULL AS c1,
      c.id AS c2,
      NULL AS c3,
      - (c.__weight * CASE WHEN (__now.matches = 0) THEN 1 ELSE (- 1) END) AS __weight
    FROM
      (
        SELECT
          sum(o.__weight) OVER (PARTITION BY c.__n) AS __changed,
          row_number() OVER (PARTITION BY c.__n) AS __first,
          c.id AS id,
          c.__weight AS __weight
        FROM
          (
            SELECT row_number() OVER () AS __n, c.id AS id, c.__weight AS __weight
            FROM (
              SELECT b.id, b.__weight
              FROM changes.customers AS b
            ) AS c
            WHERE EXISTS (
              SELECT
              FROM (
                SELECT b.id, b.customer_id, b.__weight
                FROM changes.orders AS b
              ) AS o
              WHERE c.id = o.customer_id
            )
          ) AS c,
          (
            SELECT b.id, b.customer_id, b.__weight
            FROM changes.orders AS b
          ) AS o
        WHERE c.id = o.customer_id
      ) AS c,
      LATERAL (
        SELECT count(*) AS matches
        FROM shop.orders AS o
        WHERE c.id = o.customer_id
      ) AS __now
    WHERE (c.__first = 1) AND ((__now.matches = 0) <> ((__now.matches - c.__changed) = 0))
  )
MERGE INTO public.st AS t
USING (
  SELECT DISTINCT ON (net.id, net.customer) net.id, net.customer, net.__weight
  FROM (
    SELECT
      raw.id::integer AS id,
      raw.customer::integer AS customer,
      sum(raw.__weight)::bigint AS __weight
    FROM (
      SELECT __join1.c1 AS id, __join1.c2 AS customer, __join1.__weight AS __weight
      FROM __delta1 AS __join1
    ) AS raw (id, customer, __weight)
    GROUP BY raw.id::integer, raw.customer::integer
    HAVING sum(raw.__weight) <> 0
  ) AS net
  ORDER BY net.id, net.customer, net.__weight DESC
) AS d
ON (hash_record_extended(ROW(t.id, t.customer), 0) = hash_record_extended(ROW(d.id, d.customer), 0))
  AND (t.id IS NOT DISTINCT FROM d.id)
  AND (t.customer IS NOT DISTINCT FROM d.customer)
WHEN MATCHED AND (d.__weight < 0) THEN
  DELETE
WHEN NOT MATCHED AND (d.__weight > 0) THEN
  INSERT (id, customer)
  VALUES (d.id, d.customer);
