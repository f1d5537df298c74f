-- Sources
--   shop.orders: id int4 not null, customer_id int4, amount int4 not null, price numeric(10,2), placed date not null; key (id)
--   shop.customers: id int4 not null, city text, name text not null; key (id)

-- Defining query
SELECT o.id, upper(c.city) AS city, o.amount * 2 AS twice
FROM shop.orders o, shop.customers c
WHERE c.id = o.customer_id AND o.amount > 10;

-- Stage 1 of 1: public.st
--   shape     linear
--   columns   id int4 not null, city text, twice int4
--   identity  key (id)
--   reads     shop.customers, shop.orders
-- query
SELECT o.id, upper(c.city) AS city, o.amount * 2 AS twice
FROM shop.orders AS o, shop.customers AS c
WHERE (c.id = o.customer_id) AND (o.amount > 10);

-- Delta of public.st when all sources changed
MERGE INTO public.st AS t
USING (
  SELECT DISTINCT ON (net.id) net.id, net.city, net.twice, net.__weight
  FROM (
    SELECT
      raw.id::integer AS id,
      raw.city::text AS city,
      raw.twice::integer AS twice,
      sum(raw.__weight)::bigint AS __weight
    FROM (
      (
        SELECT o.id, upper(c.city) AS city, o.amount * 2 AS twice, o.__weight AS __weight
        FROM
          (
            SELECT b.id, b.customer_id, b.amount, b.__weight
            FROM changes.orders AS b
          ) AS o,
          shop.customers AS c
        WHERE (c.id = o.customer_id) AND (o.amount > 10)
        UNION ALL
        SELECT o.id, upper(c.city) AS city, o.amount * 2 AS twice, c.__weight AS __weight
        FROM
          shop.orders AS o,
          (
            SELECT b.id, b.city, b.__weight
            FROM changes.customers AS b
          ) AS c
        WHERE (c.id = o.customer_id) AND (o.amount > 10)
      )
      UNION ALL
      SELECT o.id, upper(c.city) AS city, o.amount * 2 AS twice, - (o.__weight * c.__weight) AS __weight
      FROM
        (
          SELECT b.id, b.customer_id, b.amount, b.__weight
          FROM changes.orders AS b
        ) AS o,
        (
          SELECT b.id, b.city, b.__weight
          FROM changes.customers AS b
        ) AS c
      WHERE (c.id = o.customer_id) AND (o.amount > 10)
    ) AS raw (id, city, twice, __weight)
    GROUP BY raw.id::integer, raw.city::text, raw.twice::integer
    HAVING sum(raw.__weight) <> 0
  ) AS net
  ORDER BY net.id, net.__weight DESC
) AS d
ON t.id = d.id
WHEN MATCHED AND (d.__weight < 0) THEN
  DELETE
WHEN MATCHED THEN
  UPDATE SET city = d.city, twice = d.twice
WHEN NOT MATCHED AND (d.__weight > 0) THEN
  INSERT (id, city, twice)
  VALUES (d.id, d.city, d.twice);

-- Delta of public.st when shop.orders alone changed
MERGE INTO public.st AS t
USING (
  SELECT DISTINCT ON (net.id) net.id, net.city, net.twice, net.__weight
  FROM (
    SELECT
      raw.id::integer AS id,
      raw.city::text AS city,
      raw.twice::integer AS twice,
      sum(raw.__weight)::bigint AS __weight
    FROM (
      SELECT o.id, upper(c.city) AS city, o.amount * 2 AS twice, o.__weight AS __weight
      FROM
        (
          SELECT b.id, b.customer_id, b.amount, b.__weight
          FROM changes.orders AS b
        ) AS o,
        shop.customers AS c
      WHERE (c.id = o.customer_id) AND (o.amount > 10)
    ) AS raw (id, city, twice, __weight)
    GROUP BY raw.id::integer, raw.city::text, raw.twice::integer
    HAVING sum(raw.__weight) <> 0
  ) AS net
  ORDER BY net.id, net.__weight DESC
) AS d
ON t.id = d.id
WHEN MATCHED AND (d.__weight < 0) THEN
  DELETE
WHEN MATCHED THEN
  UPDATE SET city = d.city, twice = d.twice
WHEN NOT MATCHED AND (d.__weight > 0) THEN
  INSERT (id, city, twice)
  VALUES (d.id, d.city, d.twice);

-- Delta of public.st when shop.customers alone changed
MERGE INTO public.st AS t
USING (
  SELECT DISTINCT ON (net.id) net.id, net.city, net.twice, net.__weight
  FROM (
    SELECT
      raw.id::integer AS id,
      raw.city::text AS city,
      raw.twice::integer AS twice,
      sum(raw.__weight)::bigint AS __weight
    FROM (
      SELECT o.id, upper(c.city) AS city, o.amount * 2 AS twice, c.__weight AS __weight
      FROM
        shop.orders AS o,
        (
          SELECT b.id, b.city, b.__weight
          FROM changes.customers AS b
        ) AS c
      WHERE (c.id = o.customer_id) AND (o.amount > 10)
    ) AS raw (id, city, twice, __weight)
    GROUP BY raw.id::integer, raw.city::text, raw.twice::integer
    HAVING sum(raw.__weight) <> 0
  ) AS net
  ORDER BY net.id, net.__weight DESC
) AS d
ON t.id = d.id
WHEN MATCHED AND (d.__weight < 0) THEN
  DELETE
WHEN MATCHED THEN
  UPDATE SET city = d.city, twice = d.twice
WHEN NOT MATCHED AND (d.__weight > 0) THEN
  INSERT (id, city, twice)
  VALUES (d.id, d.city, d.twice);
