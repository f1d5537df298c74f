-- Sources
--   shop.orders: id int4 not null, customer_id int4, amount int4 not null, price numeric(10,2), placed date not null; key (id)
--   shop.customers: id int4 not null, city text, name text not null; key (id)

-- Defining query
SELECT o.number, c.called
FROM shop.orders o(number, buyer) JOIN shop.customers c(number, town, called) USING (number);

-- Stage 1 of 1: public.st
--   shape     linear
--   columns   number int4 not null, called text not null
--   identity  key (number)
--   reads     shop.customers, shop.orders
-- query
SELECT o.number AS number, c.called AS called
FROM shop.orders AS o (number, buyer)
  JOIN shop.customers AS c (number, town, called) ON o.number = c.number;

-- Delta of public.st when all sources changed
MERGE INTO public.st AS t
USING (
  SELECT DISTINCT ON (net.number) net.number, net.called, net.__weight
  FROM (
    SELECT
      raw.number::integer AS number,
      raw.called::text AS called,
      sum(raw.__weight)::bigint AS __weight
    FROM (
      (
        SELECT o.number AS number, c.called AS called, o.__weight AS __weight
        FROM (
          SELECT
            __changes.id AS number,
            __changes.customer_id AS buyer,
            __changes.amount AS amount,
            __changes.price AS price,
            __changes.placed AS placed,
            __changes.__weight AS __weight
          FROM (
            SELECT b.id, b.customer_id, b.amount, b.price, b.placed, b.__weight
            FROM changes.orders AS b
          ) AS __changes
        ) AS o
          JOIN shop.customers AS c (number, town, called) ON o.number = c.number
        UNION ALL
        SELECT o.number AS number, c.called AS called, c.__weight AS __weight
        FROM shop.orders AS o (number, buyer)
          JOIN (
          SELECT
            __changes.id AS number,
            __changes.city AS town,
            __changes.name AS called,
            __changes.__weight AS __weight
          FROM (
            SELECT b.id, b.city, b.name, b.__weight
            FROM changes.customers AS b
          ) AS __changes
        ) AS c ON o.number = c.number
      )
      UNION ALL
      SELECT o.number AS number, c.called AS called, - (o.__weight * c.__weight) AS __weight
      FROM (
        SELECT
          __changes.id AS number,
          __changes.customer_id AS buyer,
          __changes.amount AS amount,
          __changes.price AS price,
          __changes.placed AS placed,
          __changes.__weight AS __weight
        FROM (
          SELECT b.id, b.customer_id, b.amount, b.price, b.placed, b.__weight
          FROM changes.orders AS b
        ) AS __changes
      ) AS o
        JOIN (
        SELECT
          __changes.id AS number,
          __changes.city AS town,
          __changes.name AS called,
          __changes.__weight AS __weight
        FROM (
          SELECT b.id, b.city, b.name, b.__weight
          FROM changes.customers AS b
        ) AS __changes
      ) AS c ON o.number = c.number
    ) AS raw (number, called, __weight)
    GROUP BY raw.number::integer, raw.called::text
    HAVING sum(raw.__weight) <> 0
  ) AS net
  ORDER BY net.number, net.__weight DESC
) AS d
ON t.number = d.number
WHEN MATCHED AND (d.__weight < 0) THEN
  DELETE
WHEN MATCHED THEN
  UPDATE SET called = d.called
WHEN NOT MATCHED AND (d.__weight > 0) THEN
  INSERT (number, called)
  VALUES (d.number, d.called);

-- Delta of public.st when shop.orders alone changed
MERGE INTO public.st AS t
USING (
  SELECT DISTINCT ON (net.number) net.number, net.called, net.__weight
  FROM (
    SELECT
      raw.number::integer AS number,
      raw.called::text AS called,
      sum(raw.__weight)::bigint AS __weight
    FROM (
      SELECT o.number AS number, c.called AS called, o.__weight AS __weight
      FROM (
        SELECT
          __changes.id AS number,
          __changes.customer_id AS buyer,
          __changes.amount AS amount,
          __changes.price AS price,
          __changes.placed AS placed,
          __changes.__weight AS __weight
        FROM (
          SELECT b.id, b.customer_id, b.amount, b.price, b.placed, b.__weight
          FROM changes.orders AS b
        ) AS __changes
      ) AS o
        JOIN shop.customers AS c (number, town, called) ON o.number = c.number
    ) AS raw (number, called, __weight)
    GROUP BY raw.number::integer, raw.called::text
    HAVING sum(raw.__weight) <> 0
  ) AS net
  ORDER BY net.number, net.__weight DESC
) AS d
ON t.number = d.number
WHEN MATCHED AND (d.__weight < 0) THEN
  DELETE
WHEN MATCHED THEN
  UPDATE SET called = d.called
WHEN NOT MATCHED AND (d.__weight > 0) THEN
  INSERT (number, called)
  VALUES (d.number, d.called);

-- Delta of public.st when shop.customers alone changed
MERGE INTO public.st AS t
USING (
  SELECT DISTINCT ON (net.number) net.number, net.called, net.__weight
  FROM (
    SELECT
      raw.number::integer AS number,
      raw.called::text AS called,
      sum(raw.__weight)::bigint AS __weight
    FROM (
      SELECT o.number AS number, c.called AS called, c.__weight AS __weight
      FROM shop.orders AS o (number, buyer)
        JOIN (
        SELECT
          __changes.id AS number,
          __changes.city AS town,
          __changes.name AS called,
          __changes.__weight AS __weight
        FROM (
          SELECT b.id, b.city, b.name, b.__weight
          FROM changes.customers AS b
        ) AS __changes
      ) AS c ON o.number = c.number
    ) AS raw (number, called, __weight)
    GROUP BY raw.number::integer, raw.called::text
    HAVING sum(raw.__weight) <> 0
  ) AS net
  ORDER BY net.number, net.__weight DESC
) AS d
ON t.number = d.number
WHEN MATCHED AND (d.__weight < 0) THEN
  DELETE
WHEN MATCHED THEN
  UPDATE SET called = d.called
WHEN NOT MATCHED AND (d.__weight > 0) THEN
  INSERT (number, called)
  VALUES (d.number, d.called);
