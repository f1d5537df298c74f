-- ## Joins
-- inner join
SELECT o.id, c.name FROM orders o JOIN customers c ON c.id = o.customer_id;
-- join on inequality, cross join
SELECT o.id, c.id AS other FROM orders o JOIN customers c ON c.id > o.customer_id CROSS JOIN staff s WHERE s.id < 3;
-- self-join
SELECT a.id, b.id AS other FROM orders a JOIN orders b ON a.customer_id = b.customer_id AND a.id < b.id;
-- LEFT JOIN
SELECT c.id, c.name, o.amount FROM customers c LEFT JOIN orders o ON o.customer_id = c.id AND o.status <> 'void';
-- RIGHT JOIN on any condition
SELECT o.id, c.name FROM orders o RIGHT JOIN customers c ON o.customer_id = c.id OR o.amount > 100 * c.id;
-- FULL JOIN
SELECT o.id, b.reason FROM orders o FULL JOIN blocked b ON b.customer_id = o.customer_id;
-- NATURAL JOIN, USING
SELECT customer_id, o.id, b.reason FROM orders o NATURAL JOIN blocked b JOIN (SELECT customer_id FROM orders) p USING (customer_id);
-- outer join of outer joins
SELECT c.id, o.id AS o, i.product FROM customers c LEFT JOIN (orders o LEFT JOIN items i ON i.order_id = o.id) ON o.customer_id = c.id;
-- join of a view
SELECT c.name, p.amount FROM paid p JOIN customers c ON c.id = p.customer_id;
-- LATERAL function
SELECT o.id, t FROM orders o CROSS JOIN LATERAL unnest(o.tags) AS t;
-- LATERAL subquery with groups
SELECT c.id, t.total FROM customers c CROSS JOIN LATERAL (SELECT sum(o.amount) AS total FROM orders o WHERE o.customer_id = c.id) t;
-- LATERAL with ORDER BY and LIMIT
SELECT c.id, l.id AS o FROM customers c LEFT JOIN LATERAL (SELECT o.id FROM orders o WHERE o.customer_id = c.id ORDER BY o.id DESC LIMIT 1) l ON true;
-- LATERAL with a window
SELECT c.id, l.r FROM customers c CROSS JOIN LATERAL (SELECT rank() OVER (ORDER BY o.amount) AS r FROM orders o WHERE o.customer_id = c.id) l;
-- LATERAL set operation
SELECT c.id, l.x FROM customers c CROSS JOIN LATERAL (SELECT o.id AS x FROM orders o WHERE o.customer_id = c.id UNION SELECT c.id) l;

-- ## Subqueries in expressions
-- EXISTS, NOT EXISTS
SELECT c.id FROM customers c WHERE EXISTS (SELECT FROM orders o WHERE o.customer_id = c.id) AND NOT EXISTS (SELECT FROM blocked b WHERE b.customer_id = c.id);
-- IN, of several columns
SELECT o.id FROM orders o WHERE (o.customer_id, o.status) IN (SELECT b.customer_id, 'paid' FROM blocked b);
-- NOT IN, with NULLs
SELECT c.id FROM customers c WHERE c.id NOT IN (SELECT b.customer_id FROM blocked b);
-- ANY, ALL
SELECT o.id FROM orders o WHERE o.amount > ALL (SELECT i.price FROM items i WHERE i.order_id = o.id) OR o.id = ANY (SELECT i.qty FROM items i);
-- EXISTS in OR, in CASE
SELECT c.id, CASE WHEN EXISTS (SELECT FROM blocked b WHERE b.customer_id = c.id) THEN 'blocked' ELSE 'free' END AS state FROM customers c WHERE c.vip OR EXISTS (SELECT FROM orders o WHERE o.customer_id = c.id);
-- nested
SELECT c.id FROM customers c WHERE EXISTS (SELECT FROM orders o WHERE o.customer_id = c.id AND EXISTS (SELECT FROM items i WHERE i.order_id = o.id));
-- scalar, correlated
SELECT c.id, (SELECT max(o.amount) FROM orders o WHERE o.customer_id = c.id) AS greatest FROM customers c;
-- scalar, of all rows
SELECT o.id FROM orders o WHERE o.amount > (SELECT avg(p.amount) FROM orders p);
-- scalar in HAVING
SELECT o.customer_id, sum(o.amount) AS total FROM orders o GROUP BY o.customer_id HAVING sum(o.amount) >= (SELECT avg(p.amount) FROM orders p);
-- ARRAY(…)
SELECT c.id, ARRAY(SELECT o.id FROM orders o WHERE o.customer_id = c.id ORDER BY o.id) AS orders FROM customers c;
-- correlated by inequality
SELECT o.id, (SELECT count(*) FROM orders p WHERE p.amount < o.amount) AS cheaper FROM orders o;

-- ## Groups and aggregates
-- count, sum, avg, min, max
SELECT status, count(*) AS n, count(amount) AS known, sum(amount) AS total, avg(amount) AS mean, min(amount) AS least, max(amount) AS greatest FROM orders GROUP BY status;
-- of all rows
SELECT count(*) AS n, sum(amount) AS total FROM orders;
-- FILTER, HAVING
SELECT customer_id, count(*) FILTER (WHERE status = 'paid') AS paid FROM orders GROUP BY customer_id HAVING count(*) > 1;
-- of floats
SELECT customer_id, sum(weight) AS weight, stddev_samp(weight) AS spread FROM orders GROUP BY customer_id;
-- of numeric without a scale
SELECT product, sum(price) AS total, avg(price * qty) AS mean FROM items GROUP BY product;
-- count(DISTINCT …), sum(DISTINCT …)
SELECT customer_id, count(DISTINCT status) AS kinds, sum(DISTINCT amount) AS total FROM orders GROUP BY customer_id;
-- with ORDER BY
SELECT customer_id, string_agg(status, ',' ORDER BY id) AS states, array_agg(id ORDER BY amount DESC, id) AS ids FROM orders GROUP BY customer_id;
-- ordered-set
SELECT customer_id, percentile_cont(0.5) WITHIN GROUP (ORDER BY amount) AS median, mode() WITHIN GROUP (ORDER BY status) AS commonest FROM orders GROUP BY customer_id;
-- hypothetical-set
SELECT status, rank(60) WITHIN GROUP (ORDER BY amount) AS place FROM orders GROUP BY status;
-- bool_and, bit_or, every
SELECT region, bool_and(vip) AS all_vip, bit_or(id) AS bits, every(mood > 'sad') AS content FROM customers GROUP BY region;
-- variance, correlation, regression
SELECT status, var_pop(amount) AS v, corr(amount, id) AS c, regr_slope(amount, id) AS s FROM orders GROUP BY status;
-- json and jsonb aggregates
SELECT region, jsonb_agg(name ORDER BY id) AS names, jsonb_object_agg(id, mood ORDER BY id) AS moods FROM customers GROUP BY region;
-- range aggregates
SELECT status, range_agg(span) AS spans FROM orders GROUP BY status;
-- user-defined aggregate
SELECT region, longest(name) AS longest FROM customers GROUP BY region;
-- group by an expression
SELECT date_trunc('month', joined) AS month, count(*) AS n FROM customers GROUP BY date_trunc('month', joined);
-- GROUPING SETS
SELECT region, vip, count(*) AS n, grouping(region, vip) AS g FROM customers GROUP BY GROUPING SETS ((region, vip), (vip), ());
-- ROLLUP, CUBE
SELECT product, order_id, sum(qty) AS n FROM items GROUP BY CUBE (product), ROLLUP (order_id);
-- aggregate of an aggregate over a join
SELECT max(total) AS greatest, avg(n) AS mean FROM (SELECT c.region, sum(o.amount) AS total, count(*) AS n FROM customers c JOIN orders o ON o.customer_id = c.id GROUP BY c.region) t;

-- ## Duplicates, sets and order
-- DISTINCT
SELECT DISTINCT status, customer_id FROM orders;
-- DISTINCT ON
SELECT DISTINCT ON (customer_id) customer_id, id, amount FROM orders ORDER BY customer_id, amount DESC NULLS LAST, id;
-- UNION
SELECT customer_id FROM orders UNION SELECT customer_id FROM blocked;
-- UNION ALL
SELECT customer_id FROM orders UNION ALL SELECT customer_id FROM blocked;
-- INTERSECT, INTERSECT ALL
SELECT customer_id FROM orders INTERSECT ALL (SELECT customer_id FROM blocked INTERSECT SELECT id FROM customers);
-- EXCEPT, EXCEPT ALL
(SELECT customer_id FROM orders EXCEPT ALL SELECT customer_id FROM blocked) EXCEPT SELECT id FROM customers WHERE vip;
-- ORDER BY … LIMIT … OFFSET
SELECT id, amount FROM orders ORDER BY amount DESC NULLS LAST, id LIMIT 3 OFFSET 1;
-- FETCH FIRST … WITH TIES
SELECT id, customer_id FROM orders ORDER BY customer_id FETCH FIRST 2 ROWS WITH TIES;
-- VALUES
SELECT v.label, count(o.id) AS n FROM (VALUES ('new', 'open'), ('paid', 'done')) v (status, label) LEFT JOIN orders o ON o.status = v.status GROUP BY v.label;
-- a table without a key
SELECT order_id, product, price FROM items WHERE qty > 0;

-- ## Window functions
-- row_number, rank, dense_rank, ntile
SELECT id, row_number() OVER (PARTITION BY customer_id ORDER BY id) AS n, rank() OVER (PARTITION BY customer_id ORDER BY status) AS r, ntile(2) OVER (PARTITION BY customer_id ORDER BY id) AS half FROM orders;
-- lag, lead, first_value, nth_value
SELECT id, lag(id) OVER w AS before, lead(id, 2, 0) OVER w AS after, first_value(id) OVER w AS first, nth_value(id, 2) OVER w AS second FROM orders WINDOW w AS (PARTITION BY customer_id ORDER BY id);
-- frames: ROWS, GROUPS, RANGE, EXCLUDE
SELECT id, sum(amount) OVER (PARTITION BY customer_id ORDER BY id ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) AS two, count(*) OVER (PARTITION BY customer_id ORDER BY status GROUPS BETWEEN 1 PRECEDING AND 1 FOLLOWING EXCLUDE TIES) AS near, sum(id) OVER (PARTITION BY customer_id ORDER BY amount RANGE BETWEEN 50 PRECEDING AND CURRENT ROW) AS close FROM orders;
-- several partitions
SELECT id, count(*) OVER (PARTITION BY customer_id) AS of_customer, count(*) OVER (PARTITION BY status) AS of_status FROM orders;
-- over all rows
SELECT id, percent_rank() OVER (ORDER BY id) AS p, cume_dist() OVER (ORDER BY id) AS d FROM orders;
-- over aggregates
SELECT customer_id, sum(amount) AS total, rank() OVER (ORDER BY sum(amount) DESC NULLS LAST) AS place FROM orders GROUP BY customer_id;
-- in an expression
SELECT id, amount - avg(amount) OVER (PARTITION BY customer_id) AS more FROM orders;
-- top of each group
SELECT customer_id, id FROM (SELECT customer_id, id, row_number() OVER (PARTITION BY customer_id ORDER BY id DESC) AS n FROM orders) t WHERE n <= 2;
-- DISTINCT below a window
SELECT status, count(*) OVER (PARTITION BY status) AS n FROM (SELECT DISTINCT customer_id, status FROM orders) d;

-- ## WITH
-- a CTE, read twice
WITH t AS (SELECT customer_id, sum(amount) AS total FROM orders GROUP BY customer_id) SELECT a.customer_id, b.total FROM t a JOIN t b ON a.customer_id > b.customer_id;
-- MATERIALIZED
WITH t AS MATERIALIZED (SELECT * FROM customers WHERE vip) SELECT t.id, o.id AS o FROM t LEFT JOIN orders o ON o.customer_id = t.id;
-- RECURSIVE … UNION ALL
WITH RECURSIVE chart (id, name, depth) AS (SELECT id, name, 0 FROM staff WHERE boss IS NULL UNION ALL SELECT s.id, s.name, c.depth + 1 FROM staff s JOIN chart c ON s.boss = c.id) SELECT * FROM chart;
-- RECURSIVE … UNION
WITH RECURSIVE above (id, boss) AS (SELECT id, boss FROM staff UNION SELECT a.id, s.boss FROM above a JOIN staff s ON s.id = a.boss) SELECT * FROM above;
-- SEARCH, CYCLE
WITH RECURSIVE chart (id) AS (SELECT id FROM staff WHERE boss IS NULL UNION ALL SELECT s.id FROM staff s JOIN chart c ON s.boss = c.id) CYCLE id SET looped USING path SELECT id, looped FROM chart;

-- ## Sets from functions
-- generate_series in FROM
SELECT o.id, g FROM orders o CROSS JOIN generate_series(1, 2) g;
-- unnest … WITH ORDINALITY
SELECT o.id, t.tag, t.n FROM orders o LEFT JOIN LATERAL unnest(o.tags) WITH ORDINALITY AS t (tag, n) ON true;
-- ROWS FROM
SELECT o.id, r.a, r.b FROM orders o CROSS JOIN LATERAL ROWS FROM (unnest(o.tags), generate_series(1, 2)) AS r (a, b);
-- in the SELECT list
SELECT id, unnest(tags) AS tag, jsonb_array_elements(details -> 'lines') AS line FROM orders;
-- jsonb_to_recordset
SELECT o.id, l.p, l.n FROM orders o CROSS JOIN LATERAL jsonb_to_recordset(o.details -> 'lines') AS l (p text, n int);
-- JSON_TABLE
SELECT o.id, l.p, l.n FROM orders o CROSS JOIN LATERAL JSON_TABLE(o.details, '$.lines[*]' COLUMNS (p text PATH '$.p', n int PATH '$.n')) l;
-- XMLTABLE
SELECT d.id, x.v FROM documents d CROSS JOIN LATERAL XMLTABLE('/a' PASSING d.page COLUMNS v int PATH '.') x;

-- ## SQL/JSON
-- JSON_OBJECT, JSON_ARRAY
SELECT id, JSON_OBJECT('s': status, 'c': customer_id RETURNING jsonb) AS o, JSON_ARRAY(id, status RETURNING jsonb) AS a FROM orders;
-- JSON_OBJECTAGG, JSON_ARRAYAGG
SELECT region, JSON_ARRAYAGG(id ORDER BY id RETURNING jsonb) AS ids FROM customers GROUP BY region;
-- IS JSON
SELECT id FROM orders WHERE raw IS JSON OBJECT;
-- JSON_VALUE, JSON_EXISTS, JSON_QUERY
SELECT id, JSON_VALUE(details, '$.n' RETURNING int) AS n, JSON_QUERY(details, '$.lines[0]') AS first FROM orders WHERE JSON_EXISTS(details, '$.lines');

-- ## Types
-- enum, domain, composite
SELECT o.id, c.mood, o.pieces, o.sold_at, (o.sold_at).city AS city FROM orders o JOIN customers c ON c.id = o.customer_id WHERE c.mood >= 'ok';
-- groups by a composite, an array, a range
SELECT sold_at, tags, span, count(*) AS n FROM orders GROUP BY sold_at, tags, span;
-- jsonb
SELECT details, count(*) AS n FROM orders GROUP BY details;
-- json and xml, which have no equality
SELECT o.id, o.raw, d.page FROM orders o LEFT JOIN documents d ON d.id = o.id;
-- a collation that ignores case
SELECT email, count(*) AS n FROM customers GROUP BY email;
-- user-defined function and operator
SELECT id, twice(id) AS double FROM orders WHERE amount ~~~ 100.5;
-- a generated column
SELECT product, sum(worth) AS worth FROM items GROUP BY product;
-- a partitioned table
SELECT sensor, max(value) AS highest, count(*) AS n FROM readings GROUP BY sensor;
-- a table of 120 columns
SELECT * FROM wide;
-- values that are stored apart (TOAST)
SELECT id, length(body) AS length, body FROM documents;
-- NaN and infinity
SELECT weight, sum(weight) AS total FROM orders GROUP BY weight;

-- ## Time
-- rows of the last hour
SELECT id, placed FROM orders WHERE placed > now() - interval '1 hour';
-- counted by FILTER
SELECT customer_id, count(*) FILTER (WHERE placed > now() - interval '1 hour') AS recent FROM orders GROUP BY customer_id;
-- the time in the result
SELECT id, now() - placed AS age FROM orders;
-- the time in HAVING
SELECT customer_id FROM orders GROUP BY customer_id HAVING max(placed) > now() - interval '1 hour';

-- ## Not by differences
-- TABLESAMPLE
SELECT id FROM orders TABLESAMPLE BERNOULLI (100);
-- a volatile function
SELECT id, twice_and_more(id) AS more FROM orders;
-- a system catalog
SELECT count(*) > 0 AS any FROM pg_class c JOIN orders o ON o.id > 0;
-- a system column
SELECT id, tableoid::regclass::text AS relation FROM orders;
-- a whole row
SELECT c AS whole FROM customers c;
