-- Sources
--   shop.customers: id int4 not null, city text, name text not null; key (id)

-- Defining query
SELECT 1 AS one FROM shop.customers c ORDER BY (count(*));

-- Stage 1 of 2: freshet_state.s1
--   shape     running groups (one, always there): p1 = rows
--   columns   p1 int8 not null
--   identity  key ()
--   reads     shop.customers
-- query
SELECT count(*) AS p1
FROM shop.customers AS c;
-- input
SELECT
FROM shop.customers AS c;

-- Stage 2 of 2: public.st
--   shape     linear
--   columns   one int4 not null
--   identity  key ()
--   reads     freshet_state.s1
-- query
SELECT 1 AS one
FROM freshet_state.s1 AS g;

-- Delta of freshet_state.s1 when shop.customers changed
MERGE INTO freshet_state.s1 AS t
USING (
  SELECT sum(raw.__weight)::bigint AS p1
  FROM (
    SELECT c.__weight AS __weight
    FROM (
      SELECT b.__weight
      FROM changes.customers AS b
    ) AS c
  ) AS raw (__weight)
) AS d
ON true
WHEN MATCHED AND (d.p1 <> 0::bigint) THEN
  UPDATE SET p1 = t.p1 + d.p1
WHEN NOT MATCHED AND (d.p1 <> 0) THEN
  INSERT (p1)
  VALUES (d.p1);

-- Delta of public.st when shop.customers changed
MERGE INTO public.st AS t
USING (
  SELECT net.one, net.__weight
  FROM (
    SELECT raw.one::integer AS one, sum(raw.__weight)::bigint AS __weight
    FROM (
      SELECT 1 AS one, g.__weight AS __weight
      FROM (
        SELECT sum(raw.__weight)::bigint AS __weight
        FROM (
          SELECT __changes.__weight AS __weight
          FROM (
            SELECT b.p1, b.__weight
            FROM changes.s1 AS b
          ) AS __changes
        ) AS raw (__weight)
        HAVING sum(raw.__weight) <> 0
      ) AS g
    ) AS raw (one, __weight)
    GROUP BY raw.one::integer
    HAVING sum(raw.__weight) <> 0
  ) AS net
  ORDER BY net.__weight DESC
  LIMIT 1
) AS d
ON true
WHEN MATCHED AND (d.__weight < 0) THEN
  DELETE
WHEN MATCHED THEN
  UPDATE SET one = d.one
WHEN NOT MATCHED AND (d.__weight > 0) THEN
  INSERT (one)
  VALUES (d.one);
