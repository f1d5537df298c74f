-- Sources
--   shop.orders: id int4 not null, customer_id int4, amount int4 not null, price numeric(10,2), placed date not null; key (id)
--   shop.customers: id int4 not null, city text, name text not null; key (id)

-- Defining query
SELECT o.id, c.city, o.amount
FROM shop.orders o JOIN shop.customers c ON c.id = o.customer_id;

-- Stage 1 of 1: public.st
--   shape     linear
--   columns   id int4 not null, city text, amount int4 not null
--   identity  key (id)
--   reads     shop.customers, shop.orders
-- query
SELECT o.id, c.city, o.amount
FROM shop.orders AS o
  JOIN shop.customers AS c ON c.id = o.customer_id;

-- Delta of public.st when all sources changed
MERGE INTO public.st AS t
USING (
  SELECT DISTINCT ON (net.id) net.id, net.city, net.amount, net.__weight
  FROM (
    SELECT
      raw.id::integer AS id,
      raw.city::text AS city,
      raw.amount::integer AS amount,
      sum(raw.__weight)::bigint AS __weight
    FROM (
      (
        SELECT o.id, c.city, o.amount, o.__weight AS __weight
        FROM (
          SELECT b.id, b.customer_id, b.amount, b.__weight
          FROM changes.orders AS b
        ) AS o
          JOIN shop.customers AS c ON c.id = o.customer_id
        UNION ALL
        SELECT o.id, c.city, o.amount, c.__weight AS __weight
        FROM shop.orders AS o
          JOIN (
          SELECT b.id, b.city, b.__weight
          FROM changes.customers AS b
        ) AS c ON c.id = o.customer_id
      )
      UNION ALL
      SELECT o.id, c.city, o.amount, - (o.__weight * c.__weight) AS __weight
      FROM (
        SELECT b.id, b.customer_id, b.amount, b.__weight
        FROM changes.orders AS b
      ) AS o
        JOIN (
        SELECT b.id, b.city, b.__weight
        FROM changes.customers AS b
      ) AS c ON c.id = o.customer_id
    ) AS raw (id, city, amount, __weight)
    GROUP BY raw.id::integer, raw.city::text, raw.amount::integer
    HAVING sum(raw.__weight) <> 0
  ) AS net
  ORDER BY net.id, net.__weight DESC
) AS d
ON t.id = d.id
WHEN MATCHED AND (d.__weight < 0) THEN
  DELETE
WHEN MATCHED THEN
  UPDATE SET city = d.city, amount = d.amount
WHEN NOT MATCHED AND (d.__weight > 0) THEN
  INSERT (id, city, amount)
  VALUES (d.id, d.city, d.amount);

-- Delta of public.st when shop.orders alone changed
MERGE INTO public.st AS t
USING (
  SELECT DISTINCT ON (net.id) net.id, net.city, net.amount, net.__weight
  FROM (
    SELECT
      raw.id::integer AS id,
      raw.city::text AS city,
      raw.amount::integer AS amount,
      sum(raw.__weight)::bigint AS __weight
    FROM (
      SELECT o.id, c.city, o.amount, o.__weight AS __weight
      FROM (
        SELECT b.id, b.customer_id, b.amount, b.__weight
        FROM changes.orders AS b
      ) AS o
        JOIN shop.customers AS c ON c.id = o.customer_id
    ) AS raw (id, city, amount, __weight)
    GROUP BY raw.id::integer, raw.city::text, raw.amount::integer
    HAVING sum(raw.__weight) <> 0
  ) AS net
  ORDER BY net.id, net.__weight DESC
) AS d
ON t.id = d.id
WHEN MATCHED AND (d.__weight < 0) THEN
  DELETE
WHEN MATCHED THEN
  UPDATE SET city = d.city, amount = d.amount
WHEN NOT MATCHED AND (d.__weight > 0) THEN
  INSERT (id, city, amount)
  VALUES (d.id, d.city, d.amount);

-- Delta of public.st when shop.customers alone changed
MERGE INTO public.st AS t
USING (
  SELECT DISTINCT ON (net.id) net.id, net.city, net.amount, net.__weight
  FROM (
    SELECT
      raw.id::integer AS id,
      raw.city::text AS city,
      raw.amount::integer AS amount,
      sum(raw.__weight)::bigint AS __weight
    FROM (
      SELECT o.id, c.city, o.amount, c.__weight AS __weight
      FROM shop.orders AS o
        JOIN (
        SELECT b.id, b.city, b.__weight
        FROM changes.customers AS b
      ) AS c ON c.id = o.customer_id
    ) AS raw (id, city, amount, __weight)
    GROUP BY raw.id::integer, raw.city::text, raw.amount::integer
    HAVING sum(raw.__weight) <> 0
  ) AS net
  ORDER BY net.id, net.__weight DESC
) AS d
ON t.id = d.id
WHEN MATCHED AND (d.__weight < 0) THEN
  DELETE
WHEN MATCHED THEN
  UPDATE SET city = d.city, amount = d.amount
WHEN NOT MATCHED AND (d.__weight > 0) THEN
  INSERT (id, city, amount)
  VALUES (d.id, d.city, d.amount);
