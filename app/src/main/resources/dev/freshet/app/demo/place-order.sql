WITH buyer AS (
    SELECT customer_id FROM customers
     OFFSET (SELECT floor(random() * count(*)) FROM customers) LIMIT 1
), placed AS (
    INSERT INTO orders (customer_id, status) SELECT customer_id, 'new' FROM buyer RETURNING order_id
), basket AS (
    SELECT product_id, price FROM products ORDER BY random() LIMIT (SELECT 1 + floor(random() * 4)::int)
)
INSERT INTO order_lines (order_id, line_number, product_id, quantity, unit_price)
SELECT o.order_id, row_number() OVER (), b.product_id, 1 + floor(random() * 3)::int, b.price
  FROM placed AS o CROSS JOIN basket AS b
