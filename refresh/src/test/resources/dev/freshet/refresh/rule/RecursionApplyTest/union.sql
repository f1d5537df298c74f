-- Sources
--   shop.customers: id int4 not null, city text, name text not null; key (id)
--   shop.orders: id int4 not null, customer_id int4, amount int4 not null, price numeric(10,2), placed date not null; key (id)

-- Defining query
WITH RECURSIVE reached AS (
  SELECT c.id FROM shop.customers c WHERE c.city = 'Rome'::text
  UNION
  SELECT o.id FROM reached r JOIN shop.orders o ON o.customer_id = r.id
)
SELECT reached.id FROM reached;

-- Stage 1 of 2: freshet_state.s1
--   shape     recursion of distinct rows
--   columns   c1 int4 not null
--   identity  key (c1)
--   reads     shop.customers, shop.orders
-- base
SELECT q.c1 AS c1
FROM (
  SELECT c.id
  FROM shop.customers AS c
  WHERE c.city = 'Rome'::text
) AS q (c1);
-- step
SELECT q.c1 AS c1
FROM (
  SELECT o.id
  FROM freshet_state.s1 AS r (id)
    JOIN shop.orders AS o ON o.customer_id = r.id
) AS q (c1);

-- Stage 2 of 2: public.st
--   shape     linear
--   columns   id int4 not null
--   identity  key (id)
--   reads     freshet_state.s1
-- query
SELECT reached.id
FROM freshet_state.s1 AS reached (id);

-- Delta of freshet_state.s1 when all sources changed
WITH
  __delta1 AS (
    SELECT o.id, o.__weight AS __weight
    FROM freshet_state.s1 AS r (id)
      JOIN (
      SELECT b.id, b.customer_id, b.__weight
      FROM changes.orders AS b
    ) AS o ON o.customer_id = r.id
  )
MERGE INTO freshet_state.s1 AS t
USING (
  SELECT DISTINCT ON (net.c1) net.c1, net.__weight
  FROM (
    SELECT raw.c1::integer AS c1, sum(raw.__weight)::bigint AS __weight
    FROM (
      WITH RECURSIVE
        __seeds (c1, __weight) AS (
          SELECT s.c1 AS c1, s.__weight AS __weight
          FROM (
            SELECT q.c1 AS c1, q.__weight AS __weight
            FROM (
              SELECT c.id, c.__weight AS __weight
              FROM (
                SELECT b.id, b.city, b.__weight
                FROM changes.customers AS b
              ) AS c
              WHERE c.city = 'Rome'::text
            ) AS q (c1)
            UNION ALL
            SELECT q.c1 AS c1, q.__weight AS __weight
            FROM __delta1 AS q (c1)
          ) AS s (c1, __weight)
        ),
        __gone (c1) AS (
          SELECT s.c1 AS c1
          FROM __seeds AS s
          WHERE (s.__weight < 0)
            AND EXISTS (
            SELECT
            FROM freshet_state.s1 AS t
            WHERE t.c1 = s.c1
          )
          UNION
          SELECT n.c1 AS c1
          FROM (
            SELECT q.c1 AS c1
            FROM (
              SELECT o.id
              FROM __gone AS r (id)
                JOIN shop.orders AS o ON o.customer_id = r.id
            ) AS q (c1)
          ) AS n
          WHERE EXISTS (
            SELECT
            FROM freshet_state.s1 AS t
            WHERE t.c1 = n.c1
          )
        ),
        __came (c1) AS (
          (
            SELECT c.c1 AS c1
            FROM (
              SELECT g.c1 AS c1
              FROM __gone AS g
              UNION
              SELECT s.c1 AS c1
              FROM __seeds AS s
              WHERE (s.__weight > 0)
                AND (
                NOT EXISTS (
                  SELECT
                  FROM freshet_state.s1 AS t
                  WHERE (t.c1 = s.c1)
                    AND (
                    NOT EXISTS (
                      SELECT
                      FROM __gone AS g
                      WHERE g.c1 = t.c1
                    )
                  )
                )
              )
            ) AS c
            WHERE EXISTS (
              SELECT
              FROM (
                SELECT q.c1 AS c1
                FROM (
                  SELECT c.id
                  FROM shop.customers AS c
                  WHERE c.city = 'Rome'::text
                ) AS q (c1)
              ) AS b
              WHERE b.c1 = c.c1
            )
            UNION
            SELECT c.c1 AS c1
            FROM (
              SELECT g.c1 AS c1
              FROM __gone AS g
              UNION
              SELECT s.c1 AS c1
              FROM __seeds AS s
              WHERE (s.__weight > 0)
                AND (
                NOT EXISTS (
                  SELECT
                  FROM freshet_state.s1 AS t
                  WHERE (t.c1 = s.c1)
                    AND (
                    NOT EXISTS (
                      SELECT
                      FROM __gone AS g
                      WHERE g.c1 = t.c1
                    )
                  )
                )
              )
            ) AS c
            WHERE EXISTS (
              SELECT
              FROM (
                SELECT q.c1 AS c1
                FROM (
                  SELECT o.id
                  FROM (
                    SELECT t.c1 AS c1
                    FROM freshet_state.s1 AS t
                    WHERE NOT EXISTS (
                      SELECT
                      FROM __gone AS g
                      WHERE g.c1 = t.c1
                    )
                  ) AS r (id)
                    JOIN shop.orders AS o ON o.customer_id = r.id
                ) AS q (c1)
              ) AS n
              WHERE n.c1 = c.c1
            )
          )
          UNION
          SELECT n.c1 AS c1
          FROM (
            SELECT q.c1 AS c1
            FROM (
              SELECT o.id
              FROM __came AS r (id)
                JOIN shop.orders AS o ON o.customer_id = r.id
            ) AS q (c1)
          ) AS n
          WHERE NOT EXISTS (
            SELECT
            FROM freshet_state.s1 AS t
            WHERE (t.c1 = n.c1)
              AND (
              NOT EXISTS (
                SELECT
                FROM __gone AS g
                WHERE g.c1 = t.c1
              )
            )
          )
        )
      SELECT __gone.c1 AS c1, - 1 AS __weight
      FROM __gone
      UNION ALL
      SELECT __came.c1 AS c1, 1 AS __weight
      FROM __came
    ) AS raw (c1, __weight)
    GROUP BY raw.c1::integer
    HAVING sum(raw.__weight) <> 0
  ) AS net
  ORDER BY net.c1, net.__weight DESC
) AS d
ON t.c1 = d.c1
WHEN MATCHED AND (d.__weight < 0) THEN
  DELETE
WHEN NOT MATCHED AND (d.__weight > 0) THEN
  INSERT (c1)
  VALUES (d.c1);

-- Delta of public.st when all sources changed
MERGE INTO public.st AS t
USING (
  SELECT DISTINCT ON (net.id) net.id, net.__weight
  FROM (
    SELECT raw.id::integer AS id, sum(raw.__weight)::bigint AS __weight
    FROM (
      SELECT reached.id, reached.__weight AS __weight
      FROM (
        SELECT __changes.c1 AS id, __changes.__weight AS __weight
        FROM (
          SELECT b.c1, b.__weight
          FROM changes.s1 AS b
        ) AS __changes
      ) AS reached
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
