-- Sources
--   shop.items: order_id int4 not null, line int4 not null, product text not null, quantity int4; key (line, order_id)

-- Defining query
SELECT DISTINCT i.order_id, count(*) OVER (PARTITION BY i.order_id) AS lines FROM shop.items i;

-- Stage 1 of 3: freshet_state.s1
--   shape     recomputed partitions by k1 int4 not null
--   columns   k1 int4 not null, o1 int4 not null, o2 int8
--   identity  bag
--   reads     shop.items
--   index     hash_record_extended(ROW(k1, o1, o2), 0)
-- query
SELECT i.order_id AS k1, i.order_id AS o1, count(*) OVER (PARTITION BY i.order_id) AS o2
FROM shop.items AS i;
-- touching
SELECT i.order_id AS k1
FROM shop.items AS i;
-- restricted
SELECT i.order_id AS k1, i.order_id AS o1, count(*) OVER (PARTITION BY i.order_id) AS o2
FROM shop.items AS i, touched AS __touched
WHERE i.order_id = __touched.k1;

-- Stage 2 of 3: freshet_state.s2
--   shape     running groups by k1 int4 not null, k2 int8: p1 = rows
--   columns   k1 int4 not null, k2 int8, p1 int8 not null
--   identity  key (k1, k2)
--   reads     freshet_state.s1
--   index     hash_record_extended(ROW(k1, k2), 0)
-- query
SELECT rows.c1 AS k1, rows.c2 AS k2, count(*) AS p1
FROM (
  SELECT p.o1 AS order_id, p.o2 AS lines
  FROM freshet_state.s1 AS p
) AS rows (c1, c2)
GROUP BY rows.c1, rows.c2;
-- input
SELECT rows.c1 AS k1, rows.c2 AS k2
FROM (
  SELECT p.o1 AS order_id, p.o2 AS lines
  FROM freshet_state.s1 AS p
) AS rows (c1, c2);

-- Stage 3 of 3: public.st
--   shape     linear
--   columns   order_id int4 not null, lines int8
--   identity  key (order_id, lines)
--   reads     freshet_state.s2
--   index     hash_record_extended(ROW(order_id, lines), 0)
-- query
SELECT g.k1 AS order_id, g.k2 AS lines
FROM freshet_state.s2 AS g;
