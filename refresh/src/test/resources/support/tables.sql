-- What the queries of constructs.sql read.
CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');
CREATE TYPE point_of_sale AS (city text, counter int);
CREATE DOMAIN positive AS int CHECK (VALUE > 0);
CREATE COLLATION without_case (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
CREATE FUNCTION twice(n int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT n * 2';
CREATE FUNCTION twice_and_more(n int) RETURNS int LANGUAGE plpgsql VOLATILE AS 'BEGIN RETURN n * 2; END';
CREATE FUNCTION longest_of(longest text, next text) RETURNS text LANGUAGE sql IMMUTABLE
    AS 'SELECT CASE WHEN longest IS NULL OR length(next) > length(longest) OR (length(next) = length(longest) AND next < longest) THEN next ELSE longest END';
CREATE AGGREGATE longest(text) (SFUNC = longest_of, STYPE = text);
CREATE FUNCTION is_about(a numeric, b numeric) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT abs(a - b) < 1';
CREATE OPERATOR ~~~ (LEFTARG = numeric, RIGHTARG = numeric, FUNCTION = is_about);

CREATE TABLE customers (id int PRIMARY KEY, name text, region text, vip boolean, mood mood, joined date, email text COLLATE without_case);
CREATE TABLE orders (id int PRIMARY KEY, customer_id int, status text, amount numeric(10,2), weight double precision, placed timestamptz,
    tags text[], details jsonb, raw json, span int4range, sold_at point_of_sale, pieces positive);
CREATE TABLE items (order_id int, product text, qty int, price numeric, worth numeric GENERATED ALWAYS AS (qty * price) STORED);
CREATE TABLE blocked (customer_id int, reason text);
CREATE TABLE staff (id int, boss int, name text);
CREATE TABLE readings (sensor int, at date NOT NULL, value int) PARTITION BY RANGE (at);
CREATE TABLE readings_of_2024 PARTITION OF readings FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE TABLE readings_of_later PARTITION OF readings DEFAULT;
CREATE TABLE documents (id int PRIMARY KEY, body text, page xml);
ALTER TABLE documents ALTER COLUMN body SET STORAGE EXTERNAL;
DO $$ BEGIN EXECUTE (SELECT 'CREATE TABLE wide (' || string_agg(format('c%s int', n), ', ') || ')' FROM generate_series(1, 120) n); END $$;
CREATE VIEW paid AS SELECT id, customer_id, amount FROM orders WHERE status = 'paid';

INSERT INTO customers VALUES (1, 'Ann', 'EU', true, 'happy', '2024-01-01', 'ann@example.org'), (2, 'Bob', 'US', false, 'sad', '2024-01-02', 'BOB@example.org'),
    (3, 'Cid', NULL, NULL, NULL, NULL, 'bob@EXAMPLE.org'), (4, 'Dee', 'EU', false, 'ok', '2024-01-02', NULL), (5, NULL, 'APAC', true, 'ok', '2023-05-05', 'dee@example.org');
INSERT INTO orders VALUES
    (1, 1, 'new', 100, 1.5, now() - interval '3 hours', '{a,b}', '{"lines": [{"p": "x", "n": 1}, {"p": "y", "n": 2}]}', '{"k":1}', '[1,5)', ROW('Oslo', 1), 1),
    (2, 1, 'paid', 200, 2.25, now() - interval '10 minutes', '{b}', '{"lines": []}', '{"k":2}', '[3,9)', ROW('Oslo', NULL), 2),
    (3, 2, 'paid', NULL, NULL, now(), NULL, NULL, NULL, 'empty', NULL, NULL), (4, NULL, 'new', 50, 'NaN', NULL, '{}', '{"lines": [{"p": "x"}]}', '[]', NULL, ROW(NULL, NULL), 7),
    (5, 4, 'void', 0, 0.1, now() - interval '50 minutes', '{c,c,NULL}', '{"n": 1}', '1', '(,4]', ROW('Rome', 2), 9);
INSERT INTO items VALUES (1, 'x', 2, 10.00), (1, 'y', 1, 5.5), (2, 'x', 1, 20), (2, 'x', 1, 20), (3, 'z', 5, NULL), (9, NULL, NULL, 1);
INSERT INTO blocked VALUES (2, 'fraud'), (2, 'fraud'), (NULL, 'test');
INSERT INTO staff VALUES (1, NULL, 'Zoe'), (2, 1, 'Yan'), (3, 1, 'Xia'), (4, 2, 'Wim'), (5, 9, 'lost');
INSERT INTO readings VALUES (1, '2024-03-01', 10), (1, '2024-03-02', 12), (2, '2024-03-01', NULL), (2, '2026-01-01', 7);
INSERT INTO documents VALUES (1, repeat('long ', 5000), '<a>1</a>'), (2, 'short', NULL), (3, NULL, '<b/>');
INSERT INTO wide (c1, c60, c120) SELECT n, n % 3, n % 2 FROM generate_series(1, 9) n;
