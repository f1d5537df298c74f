-- Sources
--   shop.orders: id int4 not null, customer_id int4, amount int4 not null, price numeric(10,2), placed date not null; key (id)

-- Defining query
SELECT count(*) AS n, min(o.amount) AS least, max(o.amount) AS most FROM shop.orders o;

-- Stage 1 of 1: public.st
--   shape     running groups (one, always there): n = rows, least = min of x1 int4, most = max of x1 int4
--   columns   n int8 not null, least int4, most int4
--   identity  key ()
--   reads     shop.orders
-- query
SELECT count(*) AS n, min(o.amount) AS "least", max(o.amount) AS most
FROM shop.orders AS o;
-- input
SELECT o.amount AS x1
FROM shop.orders AS o;

-- Delta of public.st when shop.orders changed
WITH
  change AS MATERIALIZED (
    SELECT
      sum(raw.__weight)::bigint AS n,
      min(raw.x1) FILTER (WHERE raw.__weight > 0) AS __came_least,
      min(raw.x1) FILTER (WHERE raw.__weight < 0) AS __went_least,
      max(raw.x1) FILTER (WHERE raw.__weight > 0) AS __came_most,
      max(raw.x1) FILTER (WHERE raw.__weight < 0) AS __went_most
    FROM (
      SELECT o.amount AS x1, o.__weight AS __weight
      FROM (
        SELECT b.amount, b.__weight
        FROM changes.orders AS b
      ) AS o
    ) AS raw (x1, __weight)
  ),
  judged AS MATERIALIZED (
    SELECT
      c.*,
      true AND (((c.__went_least IS NOT NULL) AND ((t."least" IS NULL) OR (c.__went_least <= t."least"))) OR ((c.__went_most IS NOT NULL) AND ((t.most IS NULL) OR (c.__went_most >= t.most)))) AS __reread
    FROM change AS c
      LEFT JOIN public.st AS t ON true
  ),
  lost AS MATERIALIZED (
    SELECT true AS "any"
    FROM judged AS j
    WHERE j.__reread
  ),
  again AS MATERIALIZED (
    SELECT min(r.x1) AS "least", max(r.x1) AS most
    FROM (
      SELECT o.amount AS x1
      FROM shop.orders AS o
    ) AS r
    WHERE EXISTS (
      SELECT
      FROM lost AS l
    )
  )
MERGE INTO public.st AS t
USING (
  SELECT j.*, a."least" AS __read_least, a.most AS __read_most
  FROM judged AS j
    LEFT JOIN again AS a ON true
) AS d
ON true
WHEN MATCHED AND ((d.n <> 0::bigint) OR (t."least" IS DISTINCT FROM CASE WHEN d.__reread THEN d.__read_least ELSE LEAST(t."least", d.__came_least) END) OR (t.most IS DISTINCT FROM CASE WHEN d.__reread THEN d.__read_most ELSE GREATEST(t.most, d.__came_most) END)) THEN
  UPDATE SET
    n = t.n + d.n,
    "least" = CASE WHEN d.__reread THEN d.__read_least ELSE LEAST(t."least", d.__came_least) END,
    most = CASE WHEN d.__reread THEN d.__read_most ELSE GREATEST(t.most, d.__came_most) END
WHEN NOT MATCHED AND (d.n <> 0) THEN
  INSERT (n, "least", most)
  VALUES (
    d.n,
    CASE WHEN d.__reread THEN d.__read_least ELSE d.__came_least END,
    CASE WHEN d.__reread THEN d.__read_most ELSE d.__came_most END
  );
