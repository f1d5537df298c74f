-- Sources
--   shop.documents: id int4 not null, body json, place point, home shop.address; key (id)

-- Defining query
SELECT d.id, d.body, d.home FROM shop.documents d;

-- Stage 1 of 1: public.st
--   shape     linear
--   columns   id int4 not null, body json, home shop.address
--   identity  key (id)
--   reads     shop.documents
-- query
SELECT d.id, d.body, d.home
FROM shop.documents AS d;

-- Delta of public.st when shop.documents changed
MERGE INTO public.st AS t
USING (
  SELECT DISTINCT ON (net.id) net.id, net.body, net.home, net.__weight
  FROM (
    SELECT
      raw.id::integer AS id,
      raw.body::pg_catalog."json"::text::pg_catalog."json" AS body,
      raw.home::shop.address::text::shop.address AS home,
      sum(raw.__weight)::bigint AS __weight
    FROM (
      SELECT d.id, d.body, d.home, d.__weight AS __weight
      FROM (
        SELECT b.id, b.body, b.home, b.__weight
        FROM changes.documents AS b
      ) AS d
    ) AS raw (id, body, home, __weight)
    GROUP BY raw.id::integer, raw.body::pg_catalog."json"::text, raw.home::shop.address::text
    HAVING sum(raw.__weight) <> 0
  ) AS net
  ORDER BY net.id, net.__weight DESC
) AS d
ON t.id = d.id
WHEN MATCHED AND (d.__weight < 0) THEN
  DELETE
WHEN MATCHED THEN
  UPDATE SET body = d.body, home = d.home
WHEN NOT MATCHED AND (d.__weight > 0) THEN
  INSERT (id, body, home)
  VALUES (d.id, d.body, d.home);
