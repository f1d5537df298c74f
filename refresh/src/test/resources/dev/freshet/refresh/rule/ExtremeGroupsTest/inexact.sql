-- Sources
--   shop.readings: sensor int4 not null, value numeric, temperature float4, cost money

-- Defining query
SELECT r.sensor, count(*) AS n, max(r.value) AS most FROM shop.readings r GROUP BY r.sensor;

-- Stage 1 of 1: public.st
--   shape     running groups by sensor int4 not null: n = rows, most = max of x1 numeric
--   columns   sensor int4 not null, n int8 not null, most numeric
--   identity  key (sensor)
--   reads     shop.readings
-- query
SELECT r.sensor, count(*) AS n, max(r.value) AS most
FROM shop.readings AS r
GROUP BY r.sensor;
-- input
SELECT r.sensor AS k1, r.value AS x1
FROM shop.readings AS r;

-- Delta of public.st when shop.readings changed
WITH
  change AS MATERIALIZED (
    SELECT
      raw.k1 AS sensor,
      sum(raw.__weight)::bigint AS n,
      max(raw.x1) FILTER (WHERE raw.__weight > 0) AS __came_most,
      max(raw.x1) FILTER (WHERE raw.__weight < 0) AS __went_most
    FROM (
      SELECT r.sensor AS k1, r.value AS x1, r.__weight AS __weight
      FROM (
        SELECT b.sensor, b.value, b.__weight
        FROM changes.readings AS b
      ) AS r
    ) AS raw (k1, x1, __weight)
    GROUP BY raw.k1
  ),
  judged AS MATERIALIZED (
    SELECT
      c.*,
      ((COALESCE(t.n, 0) + c.n) <> 0) AND ((c.__went_most IS NOT NULL) AND ((t.most IS NULL) OR (c.__went_most >= t.most))) AS __reread
    FROM change AS c
      LEFT JOIN public.st AS t ON c.sensor = t.sensor
  ),
  lost AS MATERIALIZED (
    SELECT j.sensor AS k1
    FROM judged AS j
    WHERE j.__reread
  ),
  again AS MATERIALIZED (
    SELECT r.k1 AS sensor, max(r.x1) AS most
    FROM (
      SELECT r.sensor AS k1, r.value AS x1
      FROM shop.readings AS r, lost AS __touched
      WHERE r.sensor = __touched.k1
    ) AS r
    GROUP BY r.k1
  )
MERGE INTO public.st AS t
USING (
  SELECT j.*, a.most AS __read_most
  FROM judged AS j
    LEFT JOIN again AS a ON j.sensor = a.sensor
) AS d
ON t.sensor = d.sensor
WHEN MATCHED AND ((t.n + d.n) = 0) THEN
  DELETE
WHEN MATCHED AND (
  (d.n <> 0::bigint) OR (
    NOT record_image_eq(
      ROW(t.most),
      ROW(CASE WHEN d.__reread THEN d.__read_most ELSE GREATEST(t.most, d.__came_most) END)
    )
  )
) THEN
  UPDATE SET
    n = t.n + d.n,
    most = CASE WHEN d.__reread THEN d.__read_most ELSE GREATEST(t.most, d.__came_most) END
WHEN NOT MATCHED AND (d.n <> 0) THEN
  INSERT (sensor, n, most)
  VALUES (d.sensor, d.n, CASE WHEN d.__reread THEN d.__read_most ELSE d.__came_most END);
