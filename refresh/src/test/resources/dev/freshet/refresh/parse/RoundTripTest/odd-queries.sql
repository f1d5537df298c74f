SELECT 1 AS one, -1 AS minus, 1.5 AS decimal, -1.50 AS negative_decimal, 1e10 AS exponent, 12345678901234567890 AS huge
SELECT 'it''s' AS quote, E'back\\slash' AS backslash, E'new\nline\ttab' AS control, 'größe €' AS unicode, '' AS empty
SELECT '%_' AS percent, '$1' AS dollar, '--' AS dashes, '/* */' AS comment, ';' AS semicolon, U&'\0041' AS escaped
SELECT B'0101' AS bits, X'1F' AS hex, B'' AS none, '101'::bit varying AS varying
SELECT TRUE AS yes, FALSE AS no, NULL::boolean AS unknown, NULL AS untyped
SELECT a::text, b::integer, c::numeric(5,1), a::numeric, a::shop.positive, b::shop.colour, f::real FROM shop.t
SELECT e::timestamp(3), e::timestamptz(0), x::time(2), ii::timetz(1), d::timestamp, e::date FROM shop.t
SELECT l::interval(2), l::interval day to second, l::interval year to month, l::interval hour, l::interval second(3), l::interval day to second(2) FROM shop.t
SELECT b::char(3), b::char, b::varchar(7), b::varchar, b::bpchar, b::"char", b::bit(3), b::varbit(5), b::name FROM shop.t
SELECT h::text[], '{1,2}'::integer[], '{{a}}'::text[][], h::numeric(4,1)[], bb::shop.pair[] FROM shop.t
SELECT ROW(1)::"Odd.Schema"."Odd ""Type", '(1)'::"Odd.Schema"."Odd ""Type" WHERE false
SELECT interval '1 day' AS a, date '2024-01-01' AS b, time '10:00' AS c, timestamptz '2024-01-01 00:00+00' AS d, interval '1' year AS e
SELECT ARRAY[1,2,3] AS a, ARRAY[[1,2],[3,4]] AS b, ARRAY[]::integer[] AS c, ARRAY['a','b']::varchar[] AS d, ARRAY[NULL,1] AS e
SELECT (ARRAY[0.1,0.9])::double precision[] AS fractions, (ARRAY[1,2,3])[2] AS second
SELECT h[1], h[1:2], h[:2], h[1:], h[:], hh[1][2], hh[1:2][1:1], (h || 1)[2], (SELECT h FROM shop.t LIMIT 1)[1] FROM shop.t
SELECT (m).x, (m).y, (bb[1]).x, (bb[1:2])[1].y, (ROW(1,'x')::shop.pair).y, (shop.pairs(1)).* FROM shop.t
SELECT j['a'], j['a']['b'], j[0] FROM shop.t
SELECT j -> 'a', j ->> 'a', j #> '{a,b}', j #>> '{a}', j @> '{}', j <@ j, j ? 'a', j ?| ARRAY['a'], j ?& ARRAY['a'], j #- '{a}', j @? '$.a', j @@ '$.a == 1', j || j, j - 'a' FROM shop.t
SELECT a + 1, a - 1, a * 2, a / 2, a % 2, a ^ 2, |/ f, ||/ f, @ a, ~ a, a & 1, a | 1, a # 1, a << 1, a >> 1, - a, + a FROM shop.t
SELECT - (- a), - (- 1), a - -1, - f, -(a + 1), (- 1)::text, - '5'::integer FROM shop.t
SELECT a < 1, a > 1, a <= 1, a >= 1, a <> 1, a = 1, NOT a = 1, NOT (NOT g), NOT g = true FROM shop.t
SELECT b LIKE 'x%', b NOT LIKE 'x%', b ILIKE 'x%', b NOT ILIKE 'x', b LIKE 'x!%' ESCAPE '!', b SIMILAR TO 'x|y', b NOT SIMILAR TO 'x' ESCAPE 'z', b ~ 'x', b !~ 'x', b ~* 'x', b !~* 'x', q LIKE 'y%' FROM shop.t
SELECT a BETWEEN 1 AND 2, a NOT BETWEEN 1 AND 2, a BETWEEN SYMMETRIC 2 AND 1, a NOT BETWEEN SYMMETRIC 2 AND 1 FROM shop.t
SELECT a IN (1,2), a NOT IN (1,2), b IN ('x'), (a, b) IN ((1,'x'),(2,'y')), a IN (1, NULL), a IN (id, 2, cc) FROM shop.t
SELECT a = ANY (h), a <> ALL (h), a < ANY (ARRAY[1,2]), a = ANY ('{1,2}'::int[]), b LIKE ANY (i), b NOT LIKE ALL (i), a = ANY ((SELECT h FROM shop.t LIMIT 1)::int[]), a = SOME (h) FROM shop.t
SELECT a IS NULL, a IS NOT NULL, g IS TRUE, g IS NOT TRUE, g IS FALSE, g IS NOT FALSE, g IS UNKNOWN, g IS NOT UNKNOWN FROM shop.t
SELECT m IS NULL, m IS NOT NULL, ROW(a, b) IS NULL, ROW(a, b) IS NOT NULL, t IS NULL, t.* IS NOT NULL FROM shop.t
SELECT a IS DISTINCT FROM 1, a IS NOT DISTINCT FROM NULL, ROW(a,b) IS DISTINCT FROM ROW(1,'x'), m IS DISTINCT FROM m FROM shop.t
SELECT NULLIF(a, 1), NULLIF(b, ''), COALESCE(a, 1, 2), GREATEST(a, 1), LEAST(a, id, 3), COALESCE(NULL, b) FROM shop.t
SELECT g AND a = 1 AND b = 'x', g OR a = 1 OR b = 'x', (g OR a = 1) AND b = 'x', NOT (g AND a = 1), g AND (a = 1 AND b = 'x') FROM shop.t
SELECT CASE WHEN a = 1 THEN 'one' END, CASE WHEN a = 1 THEN 'one' WHEN a = 2 THEN 'two' ELSE 'many' END, CASE a WHEN 1 THEN 'one' ELSE NULL END, CASE WHEN CASE WHEN g THEN true ELSE false END THEN 1 END FROM shop.t
SELECT ROW(1, 2) = ROW(a, id), (a, b) < (1, 'x'), ROW(a, b) <> ROW(1, 'x'), ROW(a) = ROW(1), (a, id) >= (SELECT 1, 2) FROM shop.t
SELECT ROW(a, b)::shop.pair AS pair, ROW(a, b)::text AS record, ROW()::text AS empty, ROW(t.*)::text AS whole, t::text AS reference FROM shop.t
SELECT shop.whole(t), shop.whole(t.*), to_jsonb(t), count(t), row_to_json(t.*) FROM shop.t GROUP BY t.id
SELECT count(p), p.* FROM shop.parent p GROUP BY p.*, p.id, p.note
SELECT b COLLATE "C", b COLLATE shop."Own Collation", b < 'x' COLLATE "C", (b || 'x') COLLATE "C" FROM shop.t ORDER BY b COLLATE "C" DESC
SELECT e AT TIME ZONE 'UTC', y AT TIME ZONE 'Europe/Oslo', e AT TIME ZONE l, x AT TIME ZONE 'UTC', (e AT TIME ZONE 'UTC') AT TIME ZONE 'UTC' FROM shop.t
SELECT timezone('UTC', e), date_part('year', e), "substring"(b, 1), "position"(b, 'x'), "overlay"(b, 'x', 1) FROM shop.t
SELECT EXTRACT(year FROM e), EXTRACT(epoch FROM l), EXTRACT(timezone_hour FROM e), EXTRACT(DOW FROM d), EXTRACT(second FROM x) FROM shop.t
SELECT POSITION('x' IN b), SUBSTRING(b FROM 2 FOR 3), SUBSTRING(b FROM 2), SUBSTRING(b FOR 3), SUBSTRING(b FROM 'x+'), SUBSTRING(b SIMILAR 'x#"y#"z' ESCAPE '#'), OVERLAY(b PLACING 'x' FROM 1), OVERLAY(b PLACING 'x' FROM 1 FOR 2) FROM shop.t
SELECT TRIM(b), TRIM(BOTH 'x' FROM b), TRIM(LEADING FROM b), TRIM(LEADING 'x' FROM b), TRIM(TRAILING 'y' FROM b), btrim(b), TRIM(BOTH '\x00'::bytea FROM z) FROM shop.t
SELECT NORMALIZE(b), NORMALIZE(b, NFD), b IS NORMALIZED, b IS NFKC NORMALIZED, b IS NOT NORMALIZED, COLLATION FOR (b) FROM shop.t
SELECT (e, l) OVERLAPS (e, l), (d, d) OVERLAPS (d, d), (x, x) OVERLAPS (x, l) FROM shop.t
SELECT CURRENT_DATE, CURRENT_TIME, CURRENT_TIME(2), CURRENT_TIMESTAMP, CURRENT_TIMESTAMP(3), LOCALTIME, LOCALTIME(0), LOCALTIMESTAMP, LOCALTIMESTAMP(1), now()
SELECT CURRENT_ROLE, CURRENT_USER AS cu, USER AS us, SESSION_USER, CURRENT_CATALOG, CURRENT_SCHEMA
SELECT SYSTEM_USER -- since 16
SELECT e AT LOCAL, y AT LOCAL FROM shop.t -- since 17
SELECT count(*), count(a), count(DISTINCT a), sum(a) FILTER (WHERE g), sum(a) FILTER (WHERE g AND a > 1), array_agg(a ORDER BY b DESC NULLS LAST, a), string_agg(DISTINCT b, ',' ORDER BY b), shop.total(a) FROM shop.t
SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY f), percentile_disc(ARRAY[0.1,0.9]) WITHIN GROUP (ORDER BY a DESC), mode() WITHIN GROUP (ORDER BY b), rank(5) WITHIN GROUP (ORDER BY a), percentile_cont(0.5) WITHIN GROUP (ORDER BY f) FILTER (WHERE g) FROM shop.t
SELECT shop.many(1, 2, 3), shop.many(VARIADIC ARRAY[1,2]), shop.many(VARIADIC h), concat(VARIADIC i), format('%s', VARIADIC i), json_build_array(VARIADIC i) FROM shop.t
SELECT shop.named(1), shop.named(first => 1, third => 4), shop.named(1, third => a), make_interval(days => 3, hours => 2) FROM shop.t
SELECT shop."Odd Function"(1), shop."left"(2), "left"('abc', 1), "right"('abc', 1), "char"(65), pg_catalog.int4pl(1, 2)
SELECT a OPERATOR(shop.+@+) 1, OPERATOR(shop.!!!) a, a OPERATOR(shop.===) ANY (h), a OPERATOR(pg_catalog.+) 1 FROM shop.t
SELECT row_number() OVER (), rank() OVER (ORDER BY a), sum(a) OVER (PARTITION BY b, g ORDER BY a DESC NULLS LAST), lag(a, 1, 0) OVER (PARTITION BY b ORDER BY id) FROM shop.t
SELECT sum(a) OVER (ORDER BY a ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING), sum(a) OVER (ORDER BY a ROWS UNBOUNDED PRECEDING), sum(a) OVER (ORDER BY a ROWS 2 PRECEDING), sum(a) OVER (ORDER BY a ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) FROM shop.t
SELECT sum(a) OVER (ORDER BY a RANGE BETWEEN 1 PRECEDING AND CURRENT ROW), sum(a) OVER (ORDER BY d RANGE BETWEEN '1 day' PRECEDING AND '1 day' FOLLOWING), sum(a) OVER (ORDER BY a GROUPS BETWEEN 1 PRECEDING AND CURRENT ROW EXCLUDE TIES), sum(a) OVER (ORDER BY a ROWS BETWEEN 2 FOLLOWING AND 3 FOLLOWING EXCLUDE CURRENT ROW), sum(a) OVER (ORDER BY a ROWS BETWEEN 3 PRECEDING AND 1 PRECEDING EXCLUDE GROUP), sum(a) OVER (ORDER BY a RANGE BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING EXCLUDE NO OTHERS) FROM shop.t
SELECT sum(a) OVER w, avg(a) OVER (w ORDER BY id), count(*) OVER (w2 ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING), first_value(a) OVER w3 FROM shop.t WINDOW w AS (PARTITION BY b), w2 AS (PARTITION BY g ORDER BY a), w3 AS (w ORDER BY id)
SELECT sum(a) FILTER (WHERE g) OVER (PARTITION BY b), count(*) FILTER (WHERE a > 1) OVER (), sum(sum(a)) OVER (ORDER BY b) FROM shop.t GROUP BY b, g, a
SELECT EXISTS (SELECT 1 FROM shop.u WHERE u.t_id = t.id), NOT EXISTS (SELECT FROM shop.u) FROM shop.t
SELECT a IN (SELECT id FROM shop.u), a NOT IN (SELECT id FROM shop.u), (a, b) IN (SELECT id, b FROM shop.u), a > ANY (SELECT id FROM shop.u), a = ANY (SELECT id FROM shop.u), a <> ALL (SELECT id FROM shop.u), a = ALL (SELECT id FROM shop.u), b LIKE ANY (SELECT b FROM shop.u), (a, id) > ALL (SELECT 1, 2) FROM shop.t
SELECT (SELECT max(id) FROM shop.u WHERE u.t_id = t.id), ARRAY(SELECT id FROM shop.u ORDER BY id), (SELECT 1) + 1, a OPERATOR(shop.===) ANY (SELECT id FROM shop.u) FROM shop.t
SELECT * FROM shop.t WHERE a = (SELECT max(a) FROM shop.t t2 WHERE t2.b = t.b) AND EXISTS (SELECT 1 FROM shop.u WHERE u.id = t.id AND u.b IN (SELECT t3.b FROM shop.t t3 WHERE t3.id = u.t_id))
SELECT GROUPING(a, b), GROUPING(a), a, b, sum(c) FROM shop.t GROUP BY ROLLUP (a, b)
SELECT a, b, count(*) FROM shop.t GROUP BY GROUPING SETS ((a, b), (a), ())
SELECT a, b, id, count(*) FROM shop.t GROUP BY GROUPING SETS (a, ROLLUP (b, (id, a)), CUBE (a, b), GROUPING SETS ((a), (b)))
SELECT a, b, count(*) FROM shop.t GROUP BY DISTINCT ROLLUP (a, b), CUBE (a, b)
SELECT a, b, g, count(*) FROM shop.t GROUP BY a, ROLLUP (b), CUBE (g)
SELECT a + 1, b || 'x', count(*) FROM shop.t GROUP BY a + 1, b || 'x' HAVING count(*) > 1 AND sum(a) < 10
SELECT count(*) FROM shop.t HAVING true
SELECT 1 AS x FROM shop.t GROUP BY ()
SELECT a, count(*) AS n FROM shop.t GROUP BY a HAVING count(*) > 1 ORDER BY count(*) DESC, a NULLS FIRST
SELECT t.id, t.b, count(u.id) FROM shop.t LEFT JOIN shop.u ON u.t_id = t.id GROUP BY t.id
SELECT ROW(a, b)::text, count(*) FROM shop.t GROUP BY ROW(a, b)
SELECT a, b, count(*) FROM shop.t GROUP BY (a, b)
SELECT DISTINCT a, b FROM shop.t
SELECT DISTINCT ON (a, b) a, b, c FROM shop.t ORDER BY a, b DESC, c
SELECT DISTINCT ON ((a + 1)) a FROM shop.t ORDER BY (a + 1), id
SELECT DISTINCT count(*) FROM shop.t GROUP BY a ORDER BY count(*)
SELECT a FROM shop.t ORDER BY a DESC NULLS LAST, b NULLS FIRST, c USING >, d ASC NULLS FIRST LIMIT 10 OFFSET 5
SELECT a FROM shop.t ORDER BY a FETCH FIRST 3 ROWS WITH TIES
SELECT a FROM shop.t ORDER BY 1 OFFSET 3 ROWS FETCH NEXT ROW ONLY
SELECT a FROM shop.t LIMIT (SELECT 5) OFFSET (1 + 1)
SELECT a FROM shop.t LIMIT ALL
SELECT a FROM shop.t ORDER BY a LIMIT NULL OFFSET 2
SELECT FROM shop.t
SELECT 1 AS one
SELECT id AS "ID", a AS "select", b AS "two words", c AS "quo""te", g AS "größe", d AS _x, e AS a1$, f AS "1a", h AS U&"new\000Aline" FROM shop.t
SELECT "Mixed", "select", "quo""te", "dot.ted", "größe", U&"new\000Aline", "back\slash", w."Mixed" AS m2, w."dot.ted" AS d2 FROM shop.w
SELECT a, "A", o."A" AS third FROM "Odd.Schema"."Odd ""Table" o
SELECT "Odd ""Table".a FROM "Odd.Schema"."Odd ""Table", shop.u
SELECT x.* FROM shop.t AS x (c1, c2, c3)
SELECT t.*, u.* FROM shop.t, shop.u WHERE false
SELECT a AS b, b AS a FROM shop.t AS "Alias with ""quotes""." WHERE "Alias with ""quotes"".".a = 1
SELECT * FROM ONLY shop.parent
SELECT p.*, c.extra FROM shop.parent p, ONLY shop.child c
SELECT tableoid::regclass, ctid, xmin FROM shop.parent
SELECT * FROM shop.t TABLESAMPLE system (10)
SELECT s.id FROM shop.t AS s TABLESAMPLE bernoulli (5.5) REPEATABLE (42)
SELECT t.id FROM shop.t JOIN shop.u ON u.t_id = t.id
SELECT t.id FROM shop.t LEFT JOIN shop.u ON u.t_id = t.id AND u.amount > 0 RIGHT JOIN shop.w ON w.id = t.id FULL JOIN shop.parent p ON p.id = w.id
SELECT t.id FROM shop.t JOIN (shop.u JOIN shop.w ON w.id = u.id) ON u.t_id = t.id
SELECT t.id FROM shop.t LEFT JOIN (shop.u LEFT JOIN (shop.w CROSS JOIN shop.parent p) ON w.id = u.id) ON u.t_id = t.id
SELECT id, t.b FROM shop.t JOIN shop.u USING (id)
SELECT id, b FROM shop.t FULL JOIN shop.u USING (id, b)
SELECT j.id, t.a FROM shop.t JOIN shop.u USING (id) AS j
SELECT * FROM shop.u NATURAL JOIN shop.parent
SELECT * FROM shop.u NATURAL LEFT JOIN shop.parent
SELECT j.id, j.b FROM (shop.u JOIN shop.parent USING (id)) AS j (id, x, b)
SELECT j.one FROM (shop.t t1 CROSS JOIN shop.u) AS j (one)
SELECT 1 AS x FROM shop.t CROSS JOIN shop.u
SELECT 1 AS x FROM shop.t JOIN shop.u ON true
SELECT 1 AS x FROM shop.t, shop.u, shop.w, LATERAL (SELECT t.a + u.id AS s) AS l
SELECT l.n FROM shop.t LEFT JOIN LATERAL (SELECT count(*) AS n FROM shop.u WHERE u.t_id = t.id) l ON true
SELECT s.x FROM (SELECT a AS x, b FROM shop.t) AS s (x, y)
SELECT s.x FROM (VALUES (1, 'a'), (2, 'b')) AS s (x, y)
VALUES (1, 'a', NULL::integer), (2, 'b', 3)
VALUES (1), (2) ORDER BY 1 DESC LIMIT 1
SELECT s.column1 FROM (VALUES (1), (2)) s
SELECT * FROM generate_series(1, 10) AS g
SELECT g FROM generate_series(1, 10) AS g (n)
SELECT g.n, g.ordinality FROM generate_series(1, 10) WITH ORDINALITY AS g (n, ordinality)
SELECT un.x, un.o FROM shop.t, unnest(t.h) WITH ORDINALITY AS un (x, o)
SELECT x, y FROM unnest(ARRAY[1,2], ARRAY['a','b']) AS un (x, y)
SELECT * FROM ROWS FROM (generate_series(1, 3), generate_series(1, 5)) AS r (a, b)
SELECT * FROM ROWS FROM (generate_series(1, 3), unnest(ARRAY['x','y'])) WITH ORDINALITY AS r (a, b, n)
SELECT * FROM shop.records(1) AS r (a integer, b text)
SELECT * FROM shop.records(1) AS r ("A" integer, b text COLLATE "C")
SELECT * FROM ROWS FROM (shop.records(1) AS (a integer, b text), generate_series(1, 2)) WITH ORDINALITY AS r (x, y, z, n)
SELECT * FROM ROWS FROM (shop.records(1) AS (a integer, b text)) WITH ORDINALITY AS r
SELECT p.x FROM shop.t, LATERAL shop.pairs(t.a) AS p
SELECT t.id, p.y FROM shop.t LEFT JOIN LATERAL shop.pairs(t.a) AS p ON p.x > 1
SELECT * FROM CURRENT_DATE AS d, COALESCE(1, 2) AS c, CAST(1 AS text) AS k
SELECT jsonb_array_elements(j), unnest(h), generate_series(1, a) FROM shop.t
SELECT e.value ->> 'x' FROM shop.t, jsonb_array_elements(t.j -> 'items') AS e (value)
SELECT * FROM json_to_recordset('[{"a":1}]') AS r (a integer, b text)
WITH c AS (SELECT a FROM shop.t) SELECT * FROM c
WITH c (x, y) AS (SELECT a, b FROM shop.t), d AS MATERIALIZED (SELECT * FROM c), e AS NOT MATERIALIZED (SELECT x FROM d) SELECT c.x, e.x AS ex FROM c, e
WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 10) SELECT i FROM n
WITH RECURSIVE n AS (SELECT id, t_id FROM shop.u UNION SELECT u.id, u.t_id FROM shop.u JOIN n ON n.id = u.t_id) SELECT * FROM n
WITH RECURSIVE n (id, t_id) AS (SELECT id, t_id FROM shop.u UNION ALL SELECT u.id, u.t_id FROM shop.u, n WHERE n.id = u.t_id) SEARCH DEPTH FIRST BY id SET seq SELECT id FROM n ORDER BY seq
WITH RECURSIVE n (id, t_id) AS (SELECT id, t_id FROM shop.u UNION ALL SELECT u.id, u.t_id FROM shop.u, n WHERE n.id = u.t_id) SEARCH BREADTH FIRST BY id, t_id SET "Seq" CYCLE id SET is_cycle USING path SELECT id FROM n
WITH RECURSIVE n (id, t_id) AS (SELECT id, t_id FROM shop.u UNION ALL SELECT u.id, u.t_id FROM shop.u, n WHERE n.id = u.t_id) CYCLE id, t_id SET c TO 1 DEFAULT 0 USING path SELECT id FROM n
SELECT (WITH c AS (SELECT 1 AS x) SELECT x FROM c), EXISTS (WITH c AS (SELECT 1 AS x) SELECT x FROM c WHERE c.x = t.a) FROM shop.t
WITH a AS (SELECT 1 AS x) SELECT s.x FROM (WITH b AS (SELECT x FROM a) SELECT x FROM b) s
WITH "Odd CTE" ("A b") AS (SELECT 1) SELECT "A b" FROM "Odd CTE"
SELECT a FROM shop.t UNION SELECT id FROM shop.u
SELECT a FROM shop.t UNION ALL SELECT id FROM shop.u UNION SELECT 3
SELECT a FROM shop.t UNION (SELECT id FROM shop.u EXCEPT SELECT 3)
SELECT a FROM shop.t INTERSECT SELECT id FROM shop.u EXCEPT ALL SELECT 3 INTERSECT ALL SELECT 4
(SELECT a FROM shop.t ORDER BY a LIMIT 1) UNION ALL (SELECT id FROM shop.u ORDER BY id DESC LIMIT 1) ORDER BY 1 LIMIT 1
SELECT a, b FROM shop.t UNION ALL SELECT id, b FROM shop.u ORDER BY b DESC NULLS FIRST, a OFFSET 1
(WITH c AS (SELECT 1 AS x) SELECT x FROM c) UNION ALL (WITH c AS (SELECT 2 AS x) SELECT x FROM c)
WITH c AS (SELECT 1 AS x) SELECT x FROM c UNION ALL SELECT x + 1 FROM c
SELECT 1 AS x UNION VALUES (2), (3)
SELECT * FROM (SELECT a FROM shop.t UNION SELECT id FROM shop.u) s WHERE a > 1
SELECT NULL AS n UNION SELECT 'x'
SELECT a FROM shop.t FOR UPDATE
SELECT t.a FROM shop.t, shop.u FOR UPDATE OF t SKIP LOCKED FOR SHARE OF u NOWAIT
SELECT t.a FROM shop.t, shop.u FOR NO KEY UPDATE OF t FOR KEY SHARE OF u
SELECT id, b FROM shop.v
SELECT XMLELEMENT(NAME "Root", XMLATTRIBUTES(a AS "attr", b), 'text', XMLELEMENT(NAME e)), XMLFOREST(a, b AS "B"), XMLCONCAT(v, v) FROM shop.t
SELECT XMLPARSE(DOCUMENT b), XMLPARSE(CONTENT b PRESERVE WHITESPACE), XMLPI(NAME php, 'echo'), XMLPI(NAME x), XMLROOT(v, VERSION '1.0', STANDALONE YES), XMLROOT(v, VERSION NO VALUE), XMLROOT(v, VERSION '1.1', STANDALONE NO VALUE) FROM shop.t
SELECT XMLSERIALIZE(CONTENT v AS text), XMLSERIALIZE(DOCUMENT v AS varchar(20)), v IS DOCUMENT, v IS NOT DOCUMENT, XMLEXISTS('//a' PASSING v), XMLEXISTS('//a' PASSING BY REF v), xmlagg(v ORDER BY id), xmlcomment(b), xpath('//a', v) FROM shop.t GROUP BY id
SELECT XMLSERIALIZE(CONTENT v AS text INDENT) FROM shop.t -- since 16
SELECT x.* FROM shop.t, XMLTABLE('//row' PASSING t.v COLUMNS id integer PATH '@id', n FOR ORDINALITY, name text PATH 'name' DEFAULT 'none' NOT NULL, other text) AS x
SELECT x.* FROM XMLTABLE(XMLNAMESPACES('urn:x' AS x, DEFAULT 'urn:d'), '//x:row' PASSING ('<a/>'::xml) COLUMNS id integer PATH 'x:id') AS x (id)
SELECT x.* FROM XMLTABLE(XMLNAMESPACES('urn:x' AS x), '//x:row' PASSING ('<a/>'::xml) COLUMNS id integer PATH 'x:id') AS x (id)
SELECT JSON_OBJECT('a' : 1, 'b' : b NULL ON NULL), JSON_OBJECT('a' : 1 ABSENT ON NULL WITH UNIQUE KEYS RETURNING jsonb), JSON_OBJECT(), JSON_OBJECT(RETURNING text), JSON_OBJECT('k' : '{}' FORMAT JSON), JSON_OBJECT(b : k) FROM shop.t -- since 16
SELECT JSON_ARRAY(1, b, NULL), JSON_ARRAY(1, NULL NULL ON NULL RETURNING jsonb), JSON_ARRAY(), JSON_ARRAY(RETURNING text), JSON_ARRAY('1' FORMAT JSON, 2) FROM shop.t -- since 16
SELECT JSON_ARRAYAGG(a), JSON_ARRAYAGG(a ORDER BY b DESC NULL ON NULL RETURNING jsonb) FILTER (WHERE g), JSON_OBJECTAGG(b : a), JSON_OBJECTAGG(b : a ABSENT ON NULL WITH UNIQUE KEYS RETURNING jsonb) FILTER (WHERE a > 1) FROM shop.t -- since 16
SELECT JSON_ARRAYAGG(a) OVER (PARTITION BY b), JSON_OBJECTAGG(b : a) OVER () FROM shop.t -- since 16
SELECT b IS JSON, b IS NOT JSON, b IS JSON OBJECT, b IS JSON ARRAY WITH UNIQUE KEYS, b IS JSON SCALAR, b IS JSON VALUE, j IS JSON, z IS JSON FROM shop.t -- since 16
SELECT JSON('{}'), JSON(b WITH UNIQUE KEYS), JSON(z FORMAT JSON ENCODING UTF8), JSON_SCALAR(a), JSON_SCALAR(b), JSON_SERIALIZE(k), JSON_SERIALIZE(k RETURNING bytea), JSON_SERIALIZE('{}' FORMAT JSON RETURNING text) FROM shop.t -- since 17
SELECT JSON_EXISTS(j, '$.a'), JSON_EXISTS(j, '$.a == $x' PASSING a AS x, 2 AS "Y" TRUE ON ERROR), JSON_EXISTS(j, 'strict $.a' ERROR ON ERROR), JSON_EXISTS(j, '$' UNKNOWN ON ERROR) FROM shop.t -- since 17
SELECT JSON_VALUE(j, '$.a'), JSON_VALUE(j, '$.a' RETURNING integer DEFAULT 0 ON EMPTY ERROR ON ERROR), JSON_VALUE(j, '$.a' RETURNING date NULL ON EMPTY DEFAULT '2024-01-01' ON ERROR) FROM shop.t -- since 17
SELECT JSON_QUERY(j, '$.a'), JSON_QUERY(j, '$.a' RETURNING text OMIT QUOTES), JSON_QUERY(j, '$.a' WITH WRAPPER), JSON_QUERY(j, '$.a' WITH CONDITIONAL WRAPPER EMPTY ARRAY ON EMPTY EMPTY OBJECT ON ERROR), JSON_QUERY(j, '$.a' RETURNING json WITHOUT WRAPPER KEEP QUOTES ERROR ON EMPTY) FROM shop.t -- since 17
SELECT jt.* FROM shop.t, JSON_TABLE(t.j, '$[*]' AS root PASSING t.a AS x COLUMNS (n FOR ORDINALITY, id integer PATH '$.id' DEFAULT 1 ON EMPTY NULL ON ERROR, name text, has boolean EXISTS PATH '$.x' TRUE ON ERROR, sub jsonb FORMAT JSON PATH '$.y' WITH WRAPPER, sub2 json PATH '$.y' OMIT QUOTES, NESTED PATH '$.z[*]' AS z COLUMNS (q text PATH '$.q', NESTED PATH '$.r' COLUMNS (r integer))) ERROR ON ERROR) AS jt -- since 17
SELECT jt.* FROM JSON_TABLE('[]'::jsonb, '$' COLUMNS ("A b" text PATH '$')) AS jt -- since 17
SELECT TREAT(a AS bigint), CAST(a AS bigint), a::bigint::text::varchar(3) FROM shop.t
SELECT aa @> 3, aa && '[1,2)'::int4range, int4range(1, a, '[]'), lower(aa), isempty(aa) FROM shop.t
SELECT ff @@ to_tsquery('english', 'x & y'), to_tsvector('simple', b), gg <-> point '(1,2)', gg <@ box '((0,0),(1,1))', mm << inet '10.0.0.0/8', nn * 2 FROM shop.t
SELECT 'shop.t'::regclass, 'int4'::regtype, '1'::oid, nextval('pg_catalog.pg_class_oid_index'::regclass) WHERE false
SELECT o & B'1010', o || p, o << 1, ~ o, o = B'0000' FROM shop.t
SELECT 9223372036854775807 AS a, '-9223372036854775808'::bigint AS b, 2147483648 AS c, -2147483648 AS d, 0.000001 AS e, 'NaN'::float AS f, '-Infinity'::numeric AS g, 1::smallint AS h, 1.0::float AS i
SELECT '\xDEADBEEF'::bytea AS a, E'\\001'::bytea AS b, '{"a": "it''s"}'::jsonb AS c, '(1,"a b")'::shop.pair AS d, 'it''s green'::shop.colour AS e
SELECT a FROM shop.t WHERE (a, b) = (SELECT 1, 'x') AND ROW(a, id) IN (SELECT 1, 2) AND (SELECT true) AND NOT (SELECT false)
SELECT a FROM shop.t WHERE a > 1 AND (b = 'x' OR g) AND NOT EXISTS (SELECT 1 FROM shop.u WHERE u.b = t.b OR u.b IS NULL)
SELECT CASE WHEN (SELECT count(*) FROM shop.u) > 3 THEN a ELSE (SELECT max(id) FROM shop.u) END AS c FROM shop.t
SELECT (((((a + 1) * 2) - 3) / 4) % 5) + a * (b::int + 1) FROM shop.t
SELECT a || '' || b || c FROM shop.t
SELECT pg_typeof(a), current_setting('TimeZone'), (SELECT set_config('x.y', 'z', true)) FROM shop.t
SELECT ct.a FROM (SELECT t.*, row_number() OVER (PARTITION BY t.b ORDER BY t.a DESC) AS rn FROM shop.t) ct WHERE ct.rn = 1
SELECT date_trunc('day', e) AS day, count(*) FROM shop.t GROUP BY date_trunc('day', e), 1 ORDER BY 1
SELECT '2024-01-01'::date + 1, e - interval '1 hour', e + l * 2, d - d, age(e), l / 2 FROM shop.t
SELECT any_value(a) FROM shop.t -- since 16
SELECT t1.id FROM shop.t t1 WHERE EXISTS (SELECT 1 FROM shop.t t2 JOIN LATERAL (SELECT t1.id + t2.id AS s) x ON x.s > 3)
SELECT unnest(ARRAY[1, 2]) AS x, ARRAY(SELECT unnest(h)) FROM shop.t ORDER BY x
SELECT array_agg(DISTINCT a ORDER BY a DESC), json_object_agg(b, a ORDER BY a), string_agg(b, ', ' ORDER BY b COLLATE "C"), bool_and(g), every(g), xmlagg(v) FROM shop.t
SELECT sum(DISTINCT a + 1) FILTER (WHERE b LIKE 'x%' OR g), count(DISTINCT (a, b)), max(ARRAY[a, 1]), min(ROW(a, 1)::text) FROM shop.t
SELECT p AS whole, (c.*)::shop.parent AS converted, c::shop.parent AS again, ARRAY(SELECT q FROM shop.parent q) AS rows FROM shop.parent p, shop.child c
SELECT 1 AS aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffffggg, 2 AS äöüäöüäöüäöüäöüäöüäöüäöüäöüäöü
SELECT 'x' AS k, id FROM shop.t GROUP BY 'x'::text, id ORDER BY 'x'::text, id
SELECT id, u.a AS id2, u.c FROM shop.t LEFT JOIN shop.u AS u (a, b, c, d) ON u.a = t.id JOIN shop.parent USING (id)
SELECT x.id, y.id AS "Id", "X Y".id AS "i d" FROM shop.u x JOIN shop.u y USING (id) JOIN shop.u "X Y" USING (id)
SELECT (SELECT u.b FROM shop.u WHERE u.id = t.id ORDER BY u.b LIMIT 1) || 'x', ((SELECT 1) = ANY (ARRAY(SELECT 1))) IS TRUE FROM shop.t
SELECT lower(b) COLLATE "C" || 'x' AS x, (b COLLATE "C" < 'y') IS NOT TRUE AS y, NOT b ~~ ANY (ARRAY['x%', 'y%']) AS z FROM shop.t
SELECT ((a IS NULL) = (g IS TRUE)) IS DISTINCT FROM (NOT g), (a + 1) IS NULL, (- a) IS NOT NULL, (a = 1) = (b = 'x') FROM shop.t
SELECT a::text || b::varchar(3)::text, (a || 'x')::varchar(5), -a::bigint, (-a)::bigint, - 1::bigint, a ^ - 2, 2 ^ 3 ^ 2, a - (1 - 2), a - 1 - 2 FROM shop.t
