UPDATE order_lines SET quantity = 1 + floor(random() * 5)::int
 WHERE order_id = (SELECT order_id FROM orders
                    WHERE order_id >= (SELECT min(order_id) + floor(random() * (max(order_id) - min(order_id)))::bigint FROM orders)
                    ORDER BY order_id LIMIT 1)
   AND line_number = 1
