-- Sources
--   shop.orders: id int4 not null, customer_id int4, amount int4 not null, price numeric(10,2), placed date not null; key (id)

-- Defining query
SELECT o.id, o.amount FROM shop.orders o WHERE o.amount > 10;

-- Stage 1 of 1: public.st
--   shape     linear
--   columns   id int4 not null, amount int4 not null
--   identity  key (id)
--   reads     shop.orders
-- query
SELECT o.id, o.amount
FROM shop.orders AS o
WHERE o.amount > 10;

-- Delta of public.st when shop.orders changed
MERGE INTO public.st AS t
USING (
  SELECT DISTINCT ON (net.id) net.id, net.amount, net.__weight
  FROM (
    SELECT raw.id::integer AS id, raw.amount::integer AS amount, sum(raw.__weight)::bigint AS __weight
    FROM (
      SELECT o.id, o.amount, o.__weight AS __weight
      FROM (
        SELECT b.id, b.amount, b.__weight
        FROM changes.orders AS b
      ) AS o
      WHERE o.amount > 10
    ) AS raw (id, amount, __weight)
    GROUP BY raw.id::integer, raw.amount::integer
    HAVING sum(raw.__weight) <> 0
  ) AS net
  ORDER BY net.id, net.__weight DESC
) AS d
ON t.id = d.id
WHEN MATCHED AND (d.__weight < 0) THEN
  DELETE
WHEN MATCHED THEN
  UPDATE SET amount = d.amount
WHEN NOT MATCHED AND (d.__weight > 0) THEN
  INSERT (id, amount)
  VALUES (d.id, d.amount);
