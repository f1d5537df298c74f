-- Sources
--   shop.customers: id int4 not null, city text, name text not null; key (id)
--   shop.orders: id int4 not null, customer_id int4, amount int4 not null, price numeric(10,2), placed date not null; key (id)

-- Defining query
SELECT c.city, count(*) FILTER (WHERE o.placed > CURRENT_DATE - 7) AS recent
FROM shop.customers c LEFT JOIN shop.orders o ON o.customer_id = c.id AND o.placed < CURRENT_DATE
GROUP BY c.city;

-- Stage 1 of 2: freshet_state.s1
--   shape     running groups by k1 text: p1 = rows, p2 = values of x1 int4
--   columns   k1 text, p1 int8 not null, p2 int8 not null
--   identity  key (k1)
--   reads     shop.customers, shop.orders
--   index     hash_record_extended(ROW(k1), 0)
-- query
SELECT __join1.c1 AS k1, count(*) AS p1, count(CASE WHEN __join1.c2 THEN 1 ELSE NULL END) AS p2
FROM (
  SELECT c.city AS c1, o.__c1 AS c2, o.customer_id AS c3, c.id AS c4, o.__c2 AS c5
  FROM shop.customers AS c
    LEFT JOIN (
    SELECT
      __time1.placed AS placed,
      __time1.customer_id AS customer_id,
      __time1.placed > (CURRENT_DATE - 7) AS __c1,
      __time1.placed < CURRENT_DATE AS __c2
    FROM shop.orders AS __time1
  ) AS o ON (o.customer_id = c.id) AND o.__c2
) AS __join1
GROUP BY __join1.c1;
-- input
SELECT __join1.c1 AS k1, CASE WHEN __join1.c2 THEN 1 ELSE NULL END AS x1
FROM (
  SELECT c.city AS c1, o.__c1 AS c2, o.customer_id AS c3, c.id AS c4, o.__c2 AS c5
  FROM shop.customers AS c
    LEFT JOIN (
    SELECT
      __time1.placed AS placed,
      __time1.customer_id AS customer_id,
      __time1.placed > (CURRENT_DATE - 7) AS __c1,
      __time1.placed < CURRENT_DATE AS __c2
    FROM shop.orders AS __time1
  ) AS o ON (o.customer_id = c.id) AND o.__c2
) AS __join1;

-- Stage 2 of 2: public.st
--   shape     linear
--   columns   city text, recent int8 not null
--   identity  key (city)
--   reads     freshet_state.s1
--   index     hash_record_extended(ROW(city), 0)
-- query
SELECT g.k1 AS city, g.p2 AS recent
FROM freshet_state.s1 AS g;

-- Delta of freshet_state.s1 when all sources changed
WITH
  __delta1 AS (
    SELECT
      __time1.placed AS placed,
      __time1.customer_id AS customer_id,
      __time1.placed > ($3::timestamp with time zone::date - 7) AS __c1,
      __time1.placed < $3::timestamp with time zone::date AS __c2,
      __time1.__weight AS __weight
    FROM (
      SELECT b.id, b.customer_id, b.placed, b.__weight
      FROM changes.orders AS b
    ) AS __time1
    UNION ALL
    (
      SELECT
        __time1.placed AS placed,
        __time1.customer_id AS customer_id,
        __time1.placed > ($3::timestamp with time zone::date - 7) AS __c1,
        __time1.placed < $3::timestamp with time zone::date AS __c2,
        - 1 AS __weight
      FROM shop.orders AS __time1
      WHERE (((__time1.placed > ($3::timestamp with time zone::date - 7)) AND (NOT (__time1.placed > (CURRENT_DATE - 7)))) OR ((__time1.placed > (CURRENT_DATE - 7)) AND (NOT (__time1.placed > ($3::timestamp with time zone::date - 7))))) OR (((__time1.placed < $3::timestamp with time zone::date) AND (NOT (__time1.placed < CURRENT_DATE))) OR ((__time1.placed < CURRENT_DATE) AND (NOT (__time1.placed < $3::timestamp with time zone::date))))
      UNION ALL
      SELECT
        __time1.placed AS placed,
        __time1.customer_id AS customer_id,
        __time1.placed > (CURRENT_DATE - 7) AS __c1,
        __time1.placed < CURRENT_DATE AS __c2,
        1 AS __weight
      FROM shop.orders AS __time1
      WHERE (((__time1.placed > ($3::timestamp with time zone::date - 7)) AND (NOT (__time1.placed > (CURRENT_DATE - 7)))) OR ((__time1.placed > (CURRENT_DATE - 7)) AND (NOT (__time1.placed > ($3::timestamp with time zone::date - 7))))) OR (((__time1.placed < $3::timestamp with time zone::date) AND (NOT (__time1.placed < CURRENT_DATE))) OR ((__time1.placed < CURRENT_DATE) AND (NOT (__time1.placed < $3::timestamp with time zone::date))))
    )
  ),
  __delta2 AS (
    (
      (
        (
          (
            SELECT
              c.city AS c1,
              o.__c1 AS c2,
              o.customer_id AS c3,
              c.id AS c4,
              o.__c2 AS c5,
              c.__weight AS __weight
            FROM (
              SELECT b.id, b.city, b.__weight
              FROM changes.customers AS b
            ) AS c
              JOIN (
              SELECT
                __time1.placed AS placed,
                __time1.customer_id AS customer_id,
                __time1.placed > (CURRENT_DATE - 7) AS __c1,
                __time1.placed < CURRENT_DATE AS __c2
              FROM shop.orders AS __time1
            ) AS o ON (o.customer_id = c.id) AND o.__c2
            UNION ALL
            SELECT
              c.city AS c1,
              o.__c1 AS c2,
              o.customer_id AS c3,
              c.id AS c4,
              o.__c2 AS c5,
              o.__weight AS __weight
            FROM shop.customers AS c
              JOIN __delta1 AS o ON (o.customer_id = c.id) AND o.__c2
          )
          UNION ALL
          SELECT
            c.city AS c1,
            o.__c1 AS c2,
            o.customer_id AS c3,
            c.id AS c4,
            o.__c2 AS c5,
            - (c.__weight * o.__weight) AS __weight
          FROM (
            SELECT b.id, b.city, b.__weight
            FROM changes.customers AS b
          ) AS c
            JOIN __delta1 AS o ON (o.customer_id = c.id) AND o.__c2
        )
        UNION ALL
        SELECT c.city AS c1, NULL AS c2, NULL AS c3, c.id AS c4, NULL AS c5, c.__weight AS __weight
        FROM (
          SELECT b.id, b.city, b.__weight
          FROM changes.customers AS b
        ) AS c
        WHERE NOT EXISTS (
          SELECT
          FROM (
            SELECT
              __time1.placed AS placed,
              __time1.customer_id AS customer_id,
              __time1.placed > (CURRENT_DATE - 7) AS __c1,
              __time1.placed < CURRENT_DATE AS __c2
            FROM shop.orders AS __time1
          ) AS o
          WHERE (o.customer_id = c.id) AND o.__c2
        )
      )
      UNION ALL
      SELECT
        c.city AS c1,
        NULL AS c2,
        NULL AS c3,
        c.id AS c4,
        NULL AS c5,
        CASE WHEN (__now.matches = 0) THEN 1 ELSE (- 1) END AS __weight
      FROM
        (
          SELECT
            sum(o.__weight) OVER (PARTITION BY c.__n) AS __changed,
            row_number() OVER (PARTITION BY c.__n) AS __first,
            c.id AS id,
            c.city AS city
          FROM
            (
              SELECT row_number() OVER () AS __n, c.id AS id, c.city AS city
              FROM shop.customers AS c
              WHERE EXISTS (
                SELECT
                FROM __delta1 AS o
                WHERE (o.customer_id = c.id) AND o.__c2
              )
            ) AS c,
            __delta1 AS o
          WHERE (o.customer_id = c.id) AND o.__c2
        ) AS c,
        LATERAL (
          SELECT count(*) AS matches
          FROM (
            SELECT
              __time1.placed AS placed,
              __time1.customer_id AS customer_id,
              __time1.placed > (CURRENT_DATE - 7) AS __c1,
              __time1.placed < CURRENT_DATE AS __c2
            FROM shop.orders AS __time1
          ) AS o
          WHERE (o.customer_id = c.id) AND o.__c2
        ) AS __now
      WHERE (c.__first = 1) AND ((__now.matches = 0) <> ((__now.matches - c.__changed) = 0))
    )
    UNION ALL
    SELECT
      c.city AS c1,
      NULL AS c2,
      NULL AS c3,
      c.id AS c4,
      NULL AS c5,
      - (c.__weight * CASE WHEN (__now.matches = 0) THEN 1 ELSE (- 1) END) AS __weight
    FROM
      (
        SELECT
          sum(o.__weight) OVER (PARTITION BY c.__n) AS __changed,
          row_number() OVER (PARTITION BY c.__n) AS __first,
          c.id AS id,
          c.city AS city,
          c.__weight AS __weight
        FROM
          (
            SELECT row_number() OVER () AS __n, c.id AS id, c.city AS city, c.__weight AS __weight
            FROM (
              SELECT b.id, b.city, b.__weight
              FROM changes.customers AS b
            ) AS c
            WHERE EXISTS (
              SELECT
              FROM __delta1 AS o
              WHERE (o.customer_id = c.id) AND o.__c2
            )
          ) AS c,
          __delta1 AS o
        WHERE (o.customer_id = c.id) AND o.__c2
      ) AS c,
      LATERAL (
        SELECT count(*) AS matches
        FROM (
          SELECT
            __time1.placed AS placed,
            __time1.customer_id AS customer_id,
            __time1.placed > (CURRENT_DATE - 7) AS __c1,
            __time1.placed < CURRENT_DATE AS __c2
          FROM shop.orders AS __time1
        ) AS o
        WHERE (o.customer_id = c.id) AND o.__c2
      ) AS __now
    WHERE (c.__first = 1) AND ((__now.matches = 0) <> ((__now.matches - c.__changed) = 0))
  )
MERGE INTO freshet_state.s1 AS t
USING (
  SELECT
    raw.k1 AS k1,
    sum(raw.__weight)::bigint AS p1,
    COALESCE(sum(raw.__weight) FILTER (WHERE raw.x1 IS NOT NULL), 0)::bigint AS p2
  FROM (
    SELECT
      __join1.c1 AS k1,
      CASE WHEN __join1.c2 THEN 1 ELSE NULL END AS x1,
      __join1.__weight AS __weight
    FROM __delta2 AS __join1
  ) AS raw (k1, x1, __weight)
  GROUP BY raw.k1
) AS d
ON (hash_record_extended(ROW(t.k1), 0) = hash_record_extended(ROW(d.k1), 0))
  AND (t.k1 IS NOT DISTINCT FROM d.k1)
WHEN MATCHED AND ((t.p1 + d.p1) = 0) THEN
  DELETE
WHEN MATCHED AND ((d.p1 <> 0::bigint) OR (d.p2 <> 0::bigint)) THEN
  UPDATE SET p1 = t.p1 + d.p1, p2 = t.p2 + d.p2
WHEN NOT MATCHED AND (d.p1 <> 0) THEN
  INSERT (k1, p1, p2)
  VALUES (d.k1, d.p1, d.p2);

-- Delta of public.st when all sources changed
MERGE INTO public.st AS t
USING (
  SELECT DISTINCT ON (net.city) net.city, net.recent, net.__weight
  FROM (
    SELECT raw.city::text AS city, raw.recent::bigint AS recent, sum(raw.__weight)::bigint AS __weight
    FROM (
      SELECT g.k1 AS city, g.p2 AS recent, g.__weight AS __weight
      FROM (
        SELECT raw.k1::text AS k1, raw.p2::bigint AS p2, sum(raw.__weight)::bigint AS __weight
        FROM (
          SELECT __changes.k1 AS k1, __changes.p2 AS p2, __changes.__weight AS __weight
          FROM (
            SELECT b.k1, b.p1, b.p2, b.__weight
            FROM changes.s1 AS b
          ) AS __changes
        ) AS raw (k1, p2, __weight)
        GROUP BY raw.k1::text, raw.p2::bigint
        HAVING sum(raw.__weight) <> 0
      ) AS g
    ) AS raw (city, recent, __weight)
    GROUP BY raw.city::text, raw.recent::bigint
    HAVING sum(raw.__weight) <> 0
  ) AS net
  ORDER BY net.city, net.__weight DESC
) AS d
ON (hash_record_extended(ROW(t.city), 0) = hash_record_extended(ROW(d.city), 0))
  AND (t.city IS NOT DISTINCT FROM d.city)
WHEN MATCHED AND (d.__weight < 0) THEN
  DELETE
WHEN MATCHED THEN
  UPDATE SET recent = d.recent
WHEN NOT MATCHED AND (d.__weight > 0) THEN
  INSERT (city, recent)
  VALUES (d.city, d.recent);
