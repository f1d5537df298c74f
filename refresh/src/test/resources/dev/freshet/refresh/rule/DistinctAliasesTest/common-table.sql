-- Sources
--   shop.visits: customer_id int4, page text not null, seconds float8
--   shop.orders: id int4 not null, customer_id int4, amount int4 not null, price numeric(10,2), placed date not null; key (id)
--   shop.items: order_id int4 not null, line int4 not null, product text not null, quantity int4; key (line, order_id)

-- Defining query
WITH bought AS (SELECT o.id, o.customer_id FROM shop.orders o LEFT JOIN shop.items i ON i.order_id = o.id)
SELECT o.page, bought.id
FROM shop.visits o LEFT JOIN bought ON bought.customer_id = o.customer_id;

-- Stage 1 of 1: public.st
--   shape     linear
--   columns   page text not null, id int4
--   identity  bag
--   reads     shop.items, shop.orders, shop.visits
--   index     hash_record_extended(ROW(page, id), 0)
-- query
SELECT __join2.c1 AS page, __join2.c2 AS id
FROM (
  SELECT o.page AS c1, bought.id AS c2, bought.customer_id AS c3, o.customer_id AS c4
  FROM shop.visits AS o
    LEFT JOIN (
    SELECT __join1.c1 AS id, __join1.c2 AS customer_id
    FROM (
      SELECT o_1.id AS c1, o_1.customer_id AS c2, i.order_id AS c3
      FROM shop.orders AS o_1
        LEFT JOIN shop.items AS i ON i.order_id = o_1.id
    ) AS __join1
  ) AS bought (id, customer_id) ON bought.customer_id = o.customer_id
) AS __join2;
