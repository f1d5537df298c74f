-- What dump.sql is a dump of: run by freshet_v021_owner in a database that Freshet 0.21.0 serves as freshet_v021.
CREATE SCHEMA shop;
GRANT USAGE, CREATE ON SCHEMA shop TO freshet_v021;
SET search_path = shop;
CREATE TYPE level AS ENUM ('low', 'high');
CREATE TABLE customers (id int PRIMARY KEY, name text NOT NULL, region text, level level);
CREATE TABLE orders (id bigint, customer_id int, amount numeric(12,2), ratio float8, tags text[], placed date, PRIMARY KEY (id, placed)) PARTITION BY RANGE (placed);
CREATE TABLE orders_2025 PARTITION OF orders FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE TABLE orders_2026 PARTITION OF orders FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
CREATE TABLE notes (note text, stars int);
CREATE TABLE more_notes (author text) INHERITS (notes);
CREATE TABLE "Odd ""Names" ("from" int PRIMARY KEY, "ä.ö" text);
INSERT INTO customers SELECT g, 'customer ' || g, CASE g % 4 WHEN 0 THEN NULL ELSE 'region ' || g % 4 END, CASE g % 3 WHEN 0 THEN 'low' WHEN 1 THEN 'high' END::level
FROM generate_series(1, 40) g;
INSERT INTO orders SELECT g, 1 + g % 45, g % 97 + 0.25, g / 8.0, ARRAY['t' || g % 3, 't' || g % 5], DATE '2025-07-01' + g % 400 FROM generate_series(1, 300) g;
INSERT INTO notes SELECT 'note ' || g % 6, g % 5 FROM generate_series(1, 30) g;
INSERT INTO more_notes VALUES ('note 1', 5, 'Ann'), ('note 1', 5, 'Ann');
INSERT INTO "Odd ""Names" VALUES (1, 'x'), (2, NULL);
CREATE VIEW large AS SELECT id, customer_id, amount FROM orders WHERE amount > 50;

SELECT freshet.create_stream_table('filtered', 'SELECT id, amount, tags FROM orders WHERE amount < 60', '1s');
SELECT freshet.create_stream_table('totals', 'SELECT c.region, count(*) AS orders, sum(o.amount) AS total, avg(o.ratio) AS ratio
    FROM orders o JOIN customers c ON c.id = o.customer_id GROUP BY c.region', '1s');
SELECT freshet.create_stream_table('of_totals', 'SELECT max(total) AS most, count(*) AS regions FROM totals', 'calculated');
SELECT freshet.create_stream_table('nested', 'SELECT n, count(*) AS customers FROM (SELECT customer_id, count(*) AS n FROM large GROUP BY customer_id) g GROUP BY n', '1s');
SELECT freshet.create_stream_table('without_orders', 'SELECT c.id, c.name FROM customers c WHERE NOT EXISTS (SELECT FROM orders o WHERE o.customer_id = c.id)', '1s');
SELECT freshet.create_stream_table('latest', 'SELECT c.id, c.level, x.amount FROM customers c LEFT JOIN LATERAL
    (SELECT o.amount FROM orders o WHERE o.customer_id = c.id ORDER BY o.placed DESC, o.id LIMIT 1) x ON true', '5s');
SELECT freshet.create_stream_table('bag', 'SELECT note, stars FROM notes', '1s');
SELECT freshet.create_stream_table('"Odd ""Table"', 'SELECT "from", "ä.ö" AS "as" FROM "Odd ""Names"', '1s');
SELECT freshet.create_stream_table('whole', 'SELECT region, count(*) AS n FROM customers GROUP BY region', '1m', refresh_mode => 'FULL');
SELECT freshet.create_stream_table('today', 'SELECT count(*) AS n FROM orders WHERE placed <= CURRENT_DATE', '1m');
SELECT freshet.create_stream_table('stopped', 'SELECT id FROM customers WHERE level = ''low''', '1s');
SELECT freshet.create_stream_table('broken', 'SELECT id, 1 / (id - 1000) AS inverse FROM customers', '1s');
SELECT freshet.create_stream_table('dropped', 'SELECT 1 AS one', '1s');
CALL freshet.wait_for_stream_table('latest');
CALL freshet.wait_for_stream_table('broken');
CALL freshet.wait_for_stream_table('stopped');
CALL freshet.wait_for_stream_table('of_totals');
SELECT freshet.suspend_stream_table('stopped');
SELECT freshet.drop_stream_table('dropped');
SELECT freshet.alter_stream_table('filtered', schedule => '2s', tier => 'warm');
UPDATE orders SET amount = amount + 10, placed = placed + 30 WHERE id % 7 = 0;
DELETE FROM customers WHERE id % 11 = 0;
INSERT INTO customers VALUES (1000, 'breaks', 'region 1', 'high');
DELETE FROM more_notes;
CALL freshet.refresh_stream_table('totals');
CALL freshet.refresh_stream_table('bag');
SELECT pg_sleep(4);
