UPDATE orders SET status = CASE status WHEN 'new' THEN 'paid' ELSE 'shipped' END
 WHERE order_id = (SELECT order_id FROM orders WHERE status IN ('new', 'paid')
                      AND order_id >= (SELECT min(order_id) + floor(random() * (max(order_id) - min(order_id)))::bigint FROM orders)
                    ORDER BY order_id LIMIT 1)
