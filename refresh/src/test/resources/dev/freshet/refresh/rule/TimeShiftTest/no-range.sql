-- Sources
--   shop.orders: id int4 not null, customer_id int4, amount int4 not null, price numeric(10,2), placed date not null; key (id)

-- Defining query
SELECT o.id FROM shop.orders o
WHERE CURRENT_DATE - o.placed < o.amount AND o.placed <= LOCALTIMESTAMP(0);

-- Stage 1 of 1: public.st
--   shape     linear
--   columns   id int4 not null
--   identity  key (id)
--   reads     shop.orders
-- query
SELECT o.id
FROM shop.orders AS o
WHERE ((CURRENT_DATE - o.placed) < o.amount) AND (o.placed <= LOCALTIMESTAMP(0));

-- Delta of public.st when shop.orders changed
MERGE INTO public.st AS t
USING (
  SELECT DISTINCT ON (net.id) net.id, net.__weight
  FROM (
    SELECT raw.id::integer AS id, sum(raw.__weight)::bigint AS __weight
    FROM (
      SELECT o.id, o.__weight AS __weight
      FROM (
        SELECT b.id, b.amount, b.placed, b.__weight
        FROM changes.orders AS b
      ) AS o
      WHERE (($3::timestamp with time zone::date - o.placed) < o.amount)
        AND (o.placed <= $3::timestamp with time zone::timestamp(0) without time zone)
      UNION ALL
      (
        SELECT o.id, - 1 AS __weight
        FROM shop.orders AS o
        WHERE (($3::timestamp with time zone::date - o.placed) < o.amount)
          AND (o.placed <= $3::timestamp with time zone::timestamp(0) without time zone)
          AND ((((CURRENT_DATE - o.placed) < o.amount) IS NOT TRUE) OR (NOT (o.placed <= LOCALTIMESTAMP(0))))
        UNION ALL
        SELECT o.id, 1 AS __weight
        FROM shop.orders AS o
        WHERE ((CURRENT_DATE - o.placed) < o.amount)
          AND (o.placed <= LOCALTIMESTAMP(0))
          AND (((($3::timestamp with time zone::date - o.placed) < o.amount) IS NOT TRUE) OR (NOT (o.placed <= $3::timestamp with time zone::timestamp(0) without time zone)))
      )
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
