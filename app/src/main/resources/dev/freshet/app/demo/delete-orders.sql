-- A cancelled one, and the oldest beyond what the shop keeps.
DELETE FROM orders
 WHERE order_id = (SELECT order_id FROM orders WHERE status = 'new' ORDER BY random() LIMIT 1)
    OR order_id < (SELECT max(order_id) - 20000 FROM orders)
