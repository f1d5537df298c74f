-- What happens to the tables; a refresh follows each part.
-- == one row of each
INSERT INTO customers VALUES (6, 'Fay', 'EU', false, 'happy', '2024-02-02', 'ANN@example.org');
INSERT INTO orders VALUES (6, 6, 'paid', 75.5, 3, now() - interval '59 minutes', '{a}', '{"lines": [{"p": "z", "n": 3}]}', '{"k":1}', '[4,6)', ROW('Oslo', 1), 1);
INSERT INTO items VALUES (6, 'x', 3, 19.00);
INSERT INTO blocked VALUES (6, 'late');
INSERT INTO staff VALUES (6, 4, 'Vic');
INSERT INTO readings VALUES (1, '2024-03-03', 5);
INSERT INTO documents VALUES (4, repeat('more ', 3000), '<c/>');
INSERT INTO wide (c1, c60, c120) VALUES (10, 1, 1);
-- == rows of both sides of a join, keys included
UPDATE customers SET id = 7, region = 'US' WHERE id = 1;
UPDATE orders SET customer_id = 7, amount = amount + 1, tags = '{b,d}', details = '{"lines": [{"p": "y", "n": 9}]}' WHERE customer_id = 1;
UPDATE items SET price = coalesce(price, 1) + 1, product = coalesce(product, 'x') WHERE order_id IN (1, 9);
DELETE FROM blocked WHERE ctid IN (SELECT ctid FROM blocked WHERE customer_id = 2 LIMIT 1);
UPDATE staff SET boss = 3 WHERE id = 4;
UPDATE readings SET at = '2027-01-01', value = coalesce(value, 0) + 1 WHERE sensor = 2;
UPDATE documents SET page = '<d/>' WHERE id = 1;
UPDATE wide SET c60 = NULL, c120 = 5 WHERE c1 < 4;
-- == NULLs, duplicates, what came and went
UPDATE customers SET region = NULL, mood = NULL WHERE id IN (2, 6);
INSERT INTO orders SELECT id + 100, customer_id, status, amount, weight, placed, tags, details, raw, span, sold_at, pieces FROM orders;
DELETE FROM orders WHERE id > 103;
INSERT INTO items SELECT order_id, product, qty, price FROM items;
INSERT INTO items VALUES (1, 'gone', 1, 1); DELETE FROM items WHERE product = 'gone';
INSERT INTO blocked VALUES (NULL, NULL), (4, 'test');
INSERT INTO staff VALUES (9, 3, 'back'), (9, 3, 'back');
INSERT INTO readings VALUES (1, '2024-03-03', 5), (NULL, '2025-01-01', NULL);
-- == all of one table goes, most of the others
DELETE FROM blocked;
DELETE FROM items WHERE product = 'x';
DELETE FROM customers WHERE id IN (7, 4);
DELETE FROM staff WHERE id = 3;
DELETE FROM readings WHERE sensor = 1;
DELETE FROM documents WHERE id = 1;
DELETE FROM wide WHERE c1 > 2;
-- == and comes again
INSERT INTO blocked VALUES (3, 'again');
INSERT INTO customers VALUES (1, 'Ann', 'EU', true, 'happy', '2024-01-01', 'ann@example.org');
UPDATE orders SET status = 'paid', amount = 3 WHERE customer_id = 7 OR customer_id IS NULL;
INSERT INTO items VALUES (1, 'x', 2, 10.00);
INSERT INTO staff VALUES (3, 1, 'Xia');
INSERT INTO readings VALUES (1, '2024-03-02', 12);
