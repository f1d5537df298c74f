-- Sources
--   shop.items: order_id int4 not null, line int4 not null, product text not null, quantity int4; key (line, order_id)
--   shop.orders: id int4 not null, customer_id int4, amount int4 not null, price numeric(10,2), placed date not null; key (id)
--   shop.customers: id int4 not null, city text, name text not null; key (id)

-- Defining query
SELECT i.order_id, i.line, c.name
FROM shop.items i
JOIN shop.orders o ON o.id = i.order_id
JOIN shop.customers c ON c.id = o.customer_id;

-- Stage 1 of 1: public.st
--   shape     linear
--   columns   order_id int4 not null, line int4 not null, name text not null
--   identity  key (order_id, line)
--   reads     shop.customers, shop.items, shop.orders
-- query
SELECT i.order_id, i.line, c.name
FROM shop.items AS i
  JOIN shop.orders AS o ON o.id = i.order_id
  JOIN shop.customers AS c ON c.id = o.customer_id;

-- Delta of public.st when all sources changed
MERGE INTO public.st AS t
USING (
  SELECT DISTINCT ON (net.order_id, net.line) net.order_id, net.line, net.name, net.__weight
  FROM (
    SELECT
      raw.order_id::integer AS order_id,
      raw.line::integer AS line,
      raw.name::text AS name,
      sum(raw.__weight)::bigint AS __weight
    FROM (
      (
        (
          (
            (
              (
                SELECT i.order_id, i.line, c.name, i.__weight AS __weight
                FROM (
                  SELECT b.order_id, b.line, b.__weight
                  FROM changes.items AS b
                ) AS i
                  JOIN shop.orders AS o ON o.id = i.order_id
                  JOIN shop.customers AS c ON c.id = o.customer_id
                UNION ALL
                SELECT i.order_id, i.line, c.name, o.__weight AS __weight
                FROM shop.items AS i
                  JOIN (
                  SELECT b.id, b.customer_id, b.__weight
                  FROM changes.orders AS b
                ) AS o ON o.id = i.order_id
                  JOIN shop.customers AS c ON c.id = o.customer_id
              )
              UNION ALL
              SELECT i.order_id, i.line, c.name, - (i.__weight * o.__weight) AS __weight
              FROM (
                SELECT b.order_id, b.line, b.__weight
                FROM changes.items AS b
              ) AS i
                JOIN (
                SELECT b.id, b.customer_id, b.__weight
                FROM changes.orders AS b
              ) AS o ON o.id = i.order_id
                JOIN shop.customers AS c ON c.id = o.customer_id
            )
            UNION ALL
            SELECT i.order_id, i.line, c.name, c.__weight AS __weight
            FROM shop.items AS i
              JOIN shop.orders AS o ON o.id = i.order_id
              JOIN (
              SELECT b.id, b.name, b.__weight
              FROM changes.customers AS b
            ) AS c ON c.id = o.customer_id
          )
          UNION ALL
          SELECT i.order_id, i.line, c.name, - (i.__weight * c.__weight) AS __weight
          FROM (
            SELECT b.order_id, b.line, b.__weight
            FROM changes.items AS b
          ) AS i
            JOIN shop.orders AS o ON o.id = i.order_id
            JOIN (
            SELECT b.id, b.name, b.__weight
            FROM changes.customers AS b
          ) AS c ON c.id = o.customer_id
        )
        UNION ALL
        SELECT i.order_id, i.line, c.name, - (o.__weight * c.__weight) AS __weight
        FROM shop.items AS i
          JOIN (
          SELECT b.id, b.customer_id, b.__weight
          FROM changes.orders AS b
        ) AS o ON o.id = i.order_id
          JOIN (
          SELECT b.id, b.name, b.__weight
          FROM changes.customers AS b
        ) AS c ON c.id = o.customer_id
      )
      UNION ALL
      SELECT i.order_id, i.line, c.name, (i.__weight * o.__weight) * c.__weight AS __weight
      FROM (
        SELECT b.order_id, b.line, b.__weight
        FROM changes.items AS b
      ) AS i
        JOIN (
        SELECT b.id, b.customer_id, b.__weight
        FROM changes.orders AS b
      ) AS o ON o.id = i.order_id
        JOIN (
        SELECT b.id, b.name, b.__weight
        FROM changes.customers AS b
      ) AS c ON c.id = o.customer_id
    ) AS raw (order_id, line, name, __weight)
    GROUP BY raw.order_id::integer, raw.line::integer, raw.name::text
    HAVING sum(raw.__weight) <> 0
  ) AS net
  ORDER BY net.order_id, net.line, net.__weight DESC
) AS d
ON (t.order_id = d.order_id) AND (t.line = d.line)
WHEN MATCHED AND (d.__weight < 0) THEN
  DELETE
WHEN MATCHED THEN
  UPDATE SET name = d.name
WHEN NOT MATCHED AND (d.__weight > 0) THEN
  INSERT (order_id, line, name)
  VALUES (d.order_id, d.line, d.name);

-- Delta of public.st when shop.items alone changed
MERGE INTO public.st AS t
USING (
  SELECT DISTINCT ON (net.order_id, net.line) net.order_id, net.line, net.name, net.__weight
  FROM (
    SELECT
      raw.order_id::integer AS order_id,
      raw.line::integer AS line,
      raw.name::text AS name,
      sum(raw.__weight)::bigint AS __weight
    FROM (
      SELECT i.order_id, i.line, c.name, i.__weight AS __weight
      FROM (
        SELECT b.order_id, b.line, b.__weight
        FROM changes.items AS b
      ) AS i
        JOIN shop.orders AS o ON o.id = i.order_id
        JOIN shop.customers AS c ON c.id = o.customer_id
    ) AS raw (order_id, line, name, __weight)
    GROUP BY raw.order_id::integer, raw.line::integer, raw.name::text
    HAVING sum(raw.__weight) <> 0
  ) AS net
  ORDER BY net.order_id, net.line, net.__weight DESC
) AS d
ON (t.order_id = d.order_id) AND (t.line = d.line)
WHEN MATCHED AND (d.__weight < 0) THEN
  DELETE
WHEN MATCHED THEN
  UPDATE SET name = d.name
WHEN NOT MATCHED AND (d.__weight > 0) THEN
  INSERT (order_id, line, name)
  VALUES (d.order_id, d.line, d.name);

-- Delta of public.st when shop.orders alone changed
MERGE INTO public.st AS t
USING (
  SELECT DISTINCT ON (net.order_id, net.line) net.order_id, net.line, net.name, net.__weight
  FROM (
    SELECT
      raw.order_id::integer AS order_id,
      raw.line::integer AS line,
      raw.name::text AS name,
      sum(raw.__weight)::bigint AS __weight
    FROM (
      SELECT i.order_id, i.line, c.name, o.__weight AS __weight
      FROM shop.items AS i
        JOIN (
        SELECT b.id, b.customer_id, b.__weight
        FROM changes.orders AS b
      ) AS o ON o.id = i.order_id
        JOIN shop.customers AS c ON c.id = o.customer_id
    ) AS raw (order_id, line, name, __weight)
    GROUP BY raw.order_id::integer, raw.line::integer, raw.name::text
    HAVING sum(raw.__weight) <> 0
  ) AS net
  ORDER BY net.order_id, net.line, net.__weight DESC
) AS d
ON (t.order_id = d.order_id) AND (t.line = d.line)
WHEN MATCHED AND (d.__weight < 0) THEN
  DELETE
WHEN MATCHED THEN
  UPDATE SET name = d.name
WHEN NOT MATCHED AND (d.__weight > 0) THEN
  INSERT (order_id, line, name)
  VALUES (d.order_id, d.line, d.name);

-- Delta of public.st when shop.customers alone changed
MERGE INTO public.st AS t
USING (
  SELECT DISTINCT ON (net.order_id, net.line) net.order_id, net.line, net.name, net.__weight
  FROM (
    SELECT
      raw.order_id::integer AS order_id,
      raw.line::integer AS line,
      raw.name::text AS name,
      sum(raw.__weight)::bigint AS __weight
    FROM (
      SELECT i.order_id, i.line, c.name, c.__weight AS __weight
      FROM shop.items AS i
        JOIN shop.orders AS o ON o.id = i.order_id
        JOIN (
        SELECT b.id, b.name, b.__weight
        FROM changes.customers AS b
      ) AS c ON c.id = o.customer_id
    ) AS raw (order_id, line, name, __weight)
    GROUP BY raw.order_id::integer, raw.line::integer, raw.name::text
    HAVING sum(raw.__weight) <> 0
  ) AS net
  ORDER BY net.order_id, net.line, net.__weight DESC
) AS d
ON (t.order_id = d.order_id) AND (t.line = d.line)
WHEN MATCHED AND (d.__weight < 0) THEN
  DELETE
WHEN MATCHED THEN
  UPDATE SET name = d.name
WHEN NOT MATCHED AND (d.__weight > 0) THEN
  INSERT (order_id, line, name)
  VALUES (d.order_id, d.line, d.name);
