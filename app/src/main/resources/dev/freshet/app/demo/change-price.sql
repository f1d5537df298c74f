UPDATE products SET price = round(price * (0.9 + random()::numeric * 0.2), 2) + 0.01
 WHERE product_id = (SELECT product_id FROM products ORDER BY random() LIMIT 1)
