-- A join and an aggregate.
SELECT freshet.create_stream_table_if_not_exists('revenue_by_city', $$
    SELECT c.city, count(*) AS lines, sum(l.quantity * l.unit_price) AS revenue
      FROM customers AS c
      JOIN orders AS o USING (customer_id)
      JOIN order_lines AS l USING (order_id)
     GROUP BY c.city
$$, schedule => '1s');

SELECT freshet.create_stream_table_if_not_exists('product_sales', $$
    SELECT p.product_id, p.name, p.category, sum(l.quantity) AS pieces, sum(l.quantity * l.unit_price) AS revenue
      FROM products AS p
      JOIN order_lines AS l USING (product_id)
     GROUP BY p.product_id, p.name, p.category
$$);

-- Over a stream table.
SELECT freshet.create_stream_table_if_not_exists('category_sales', $$
    SELECT category, count(*) AS products, sum(pieces) AS pieces, sum(revenue) AS revenue
      FROM product_sales
     GROUP BY category
$$, schedule => '2s');

-- Minimum and maximum, which a deletion may take away.
SELECT freshet.create_stream_table_if_not_exists('orders_by_status', $$
    SELECT status, count(*) AS orders, min(placed_at) AS first_placed, max(placed_at) AS last_placed
      FROM orders
     GROUP BY status
$$, schedule => '1s');

SELECT freshet.create_stream_table_if_not_exists('cities_to_deliver_to', $$
    SELECT DISTINCT c.city
      FROM customers AS c
      JOIN orders AS o USING (customer_id)
     WHERE o.status = 'paid'
$$, schedule => '1s');
