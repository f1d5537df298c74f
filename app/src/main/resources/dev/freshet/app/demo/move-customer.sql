UPDATE customers SET city = (SELECT city FROM customers GROUP BY city ORDER BY random() LIMIT 1)
 WHERE customer_id = (SELECT customer_id FROM customers ORDER BY random() LIMIT 1)
