-- Sources
--   shop.sales (a stream table): city text not null, total int8; key (city)

-- Defining query
SELECT s.city, s.total FROM shop.sales s WHERE s.total > 10;

-- Stage 1 of 1: public.st
--   shape     linear
--   columns   city text not null, total int8
--   identity  key (city)
--   reads     shop.sales
-- query
SELECT s.city, s.total
FROM shop.sales AS s
WHERE s.total > 10;

-- Delta of public.st when shop.sales changed
MERGE INTO public.st AS t
USING (
  SELECT DISTINCT ON (net.city) net.city, net.total, net.__weight
  FROM (
    SELECT raw.city::text AS city, raw.total::bigint AS total, sum(raw.__weight)::bigint AS __weight
    FROM (
      SELECT s.city, s.total, s.__weight AS __weight
      FROM (
        SELECT b.city, b.total, b.__weight
        FROM changes.sales AS b
      ) AS s
      WHERE s.total > 10
    ) AS raw (city, total, __weight)
    GROUP BY raw.city::text, raw.total::bigint
    HAVING sum(raw.__weight) <> 0
  ) AS net
  ORDER BY net.city, net.__weight DESC
) AS d
ON t.city = d.city
WHEN MATCHED AND (d.__weight < 0) THEN
  DELETE
WHEN MATCHED THEN
  UPDATE SET total = d.total
WHEN NOT MATCHED AND (d.__weight > 0) THEN
  INSERT (city, total)
  VALUES (d.city, d.total);
