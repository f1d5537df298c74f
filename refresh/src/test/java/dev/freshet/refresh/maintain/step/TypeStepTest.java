package dev.freshet.refresh.maintain.step;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(StepExtension.class)
class TypeStepTest {

  @Test
  void typesWithoutEqualityInABag(Steps steps) throws SQLException {
    steps
        .given(
            "CREATE TABLE t (j json, x xml, p point, c circle)",
            "INSERT INTO t VALUES ('[1]', '<a/>', '(1,2)', '<(0,0),1>'), ('[1]', '<a/>', '(1,2)', '<(0,0),1>')")
        .streamTable("SELECT j, x, p, c FROM t")
        .step(
            "DELETE FROM t WHERE ctid = '(0,1)'; INSERT INTO t VALUES ('[ 1]', NULL, '(1,2)', NULL)",
            """
             j    | x    | p     | c         | weight
            ------+------+-------+-----------+-------
             [1]  | <a/> | (1,2) | <(0,0),1> |     -1
             [ 1] | NULL | (1,2) | NULL      |      1\
            """)
        .step(
            "UPDATE t SET p = '(0.1,3)'",
            """
             j    | x    | p       | c         | weight
            ------+------+---------+-----------+-------
             [1]  | <a/> | (1,2)   | <(0,0),1> |     -1
             [ 1] | NULL | (1,2)   | NULL      |     -1
             [1]  | <a/> | (0.1,3) | <(0,0),1> |      1
             [ 1] | NULL | (0.1,3) | NULL      |      1\
            """);
  }

  @Test
  void typesWithoutEqualityBesideAKey(Steps steps) throws SQLException {
    steps
        .given("CREATE TABLE t (id int PRIMARY KEY, j json)", "INSERT INTO t VALUES (1, '{}')")
        .streamTable("SELECT id, j FROM t")
        .step(
            "UPDATE t SET j = '{ }'",
            """
             id | j   | weight
            ----+-----+-------
              1 | {}  |     -1
              1 | { } |      1\
            """);
  }

  @Test
  void compositesWithoutEquality(Steps steps) throws SQLException {
    steps
        .given(
            "CREATE TYPE pair AS (a int, doc json)",
            "CREATE TABLE t (id int, p pair, q pair[])",
            "INSERT INTO t VALUES (1, '(1,[])', '{\"(1,[])\"}')")
        .streamTable("SELECT id, p, q FROM t")
        .step(
            "UPDATE t SET p = '(2,[])'",
            """
             id | p      | q          | weight
            ----+--------+------------+-------
              1 | (1,[]) | {"(1,[])"} |     -1
              1 | (2,[]) | {"(1,[])"} |      1\
            """);
  }

  /** On whose type the query depends as on a relation. */
  @Test
  void fieldsOfComposites(Steps steps) throws SQLException {
    steps
        .given("CREATE TYPE place AS (city text, counter int)", "CREATE TABLE t (id int, at place)")
        .streamTable("SELECT (at).city AS city, sum((at).counter) AS n FROM t GROUP BY (at).city")
        .step(
            "INSERT INTO t VALUES (1, '(Oslo,1)'), (2, '(Oslo,2)'), (3, NULL), (4, '(,)')",
            """
             city | n    | weight
            ------+------+-------
             Oslo | 3    |      1
             NULL | NULL |      1\
            """);
  }

  /** IS NULL is true of a composite whose fields are NULL, which is not NULL itself. */
  @Test
  void compositesOfNulls(Steps steps) throws SQLException {
    steps
        .given(
            "CREATE TYPE pair AS (a int, b int)",
            "CREATE TABLE t (p pair)",
            "INSERT INTO t VALUES (NULL), ('(,)'), ('(,)'), ('(1,)')")
        .streamTable("SELECT p, count(*) AS n FROM t GROUP BY p")
        .step(
            "DELETE FROM t WHERE p::text = '(,)' OR p::text = '(1,)'; INSERT INTO t VALUES (NULL), ('(,)')",
            """
             p    | n | weight
            ------+---+-------
             (,)  | 1 |      1
             (,)  | 2 |     -1
             (1,) | 1 |     -1
             NULL | 1 |     -1
             NULL | 2 |      1\
            """);
  }

  @Test
  void compositesOfNullsAmongOthers(Steps steps) throws SQLException {
    steps
        .given(
            "CREATE TYPE pair AS (a int, b int)",
            "CREATE TABLE t (id int PRIMARY KEY, p pair)",
            "CREATE TABLE u (p pair)",
            "INSERT INTO t VALUES (1, NULL), (2, '(,)'), (3, '(1,)')",
            "INSERT INTO u VALUES ('(1,)')")
        .streamTable("SELECT id, p IN (SELECT p FROM u) AS found FROM t")
        .step(
            "INSERT INTO u VALUES ('(,)')",
            """
             id | found | weight
            ----+-------+-------
              2 | f     |     -1
              2 | t     |      1\
            """)
        .step(
            "INSERT INTO u VALUES (NULL); DELETE FROM u WHERE p::text = '(,)'",
            """
             id | found | weight
            ----+-------+-------
              2 | NULL  |      1
              2 | t     |     -1\
            """);
  }

  @Test
  void domainsEnumsArraysAndRanges(Steps steps) throws SQLException {
    steps
        .given(
            "CREATE TYPE mood AS ENUM ('sad', 'ok', 'glad')",
            "CREATE DOMAIN positive AS int CHECK (VALUE > 0)",
            "CREATE TABLE t (m mood, p positive, a int[], r int4range, ms mood[])",
            "INSERT INTO t VALUES ('sad', 1, '{1,NULL}', '[1,3]', '{ok}'), (NULL, NULL, NULL, NULL, NULL)")
        .streamTable("SELECT m, p, a, r, ms, count(*) AS n FROM t GROUP BY m, p, a, r, ms")
        .step(
            "UPDATE t SET m = 'glad' WHERE p = 1; INSERT INTO t VALUES (NULL, NULL, NULL, NULL, NULL)",
            """
             m    | p    | a        | r     | ms   | n | weight
            ------+------+----------+-------+------+---+-------
             sad  | 1    | {1,NULL} | [1,4) | {ok} | 1 |     -1
             glad | 1    | {1,NULL} | [1,4) | {ok} | 1 |      1
             NULL | NULL | NULL     | NULL  | NULL | 1 |     -1
             NULL | NULL | NULL     | NULL  | NULL | 2 |      1\
            """);
  }

  @Test
  void groupsOfDomainsAndEnumsAreCarriedForward(Steps steps) throws SQLException {
    steps
        .given(
            "CREATE TYPE mood AS ENUM ('sad', 'ok', 'glad')",
            "CREATE DOMAIN amount AS numeric(8,2)",
            "CREATE TABLE t (m mood, x amount)",
            "INSERT INTO t VALUES ('sad', 1.5), ('sad', 2)")
        .streamTable("SELECT m, sum(x) AS x, max(m) AS top FROM t GROUP BY m")
        .step(
            "DELETE FROM t WHERE x = 1.5; INSERT INTO t VALUES ('ok', 'NaN')",
            """
             m   | x    | top | weight
            -----+------+-----+-------
             sad | 3.50 | sad |     -1
             sad | 2.00 | sad |      1
             ok  | NaN  | ok  |      1\
            """);
  }

  @Test
  void aCollationThatCallsDifferentStringsEqual(Steps steps) throws SQLException {
    assumeTrue(
        steps.has(
            "CREATE COLLATION blind (provider = icu, locale = 'und-u-ks-level2', deterministic = false)"));
    steps
        .given(
            "CREATE TABLE t (id int, s text COLLATE blind)",
            "INSERT INTO t VALUES (1, 'a'), (2, 'b')")
        .streamTable("SELECT s, count(*) AS n FROM t GROUP BY s")
        .step(
            "INSERT INTO t VALUES (3, 'B'), (4, NULL)",
            """
             s    | n | weight
            ------+---+-------
             b    | 1 |     -1
             b    | 2 |      1
             NULL | 1 |      1\
            """);
  }

  @Test
  void anUpdateThatEqualityCannotSee(Steps steps) throws SQLException {
    assumeTrue(
        steps.has(
            "CREATE COLLATION blind (provider = icu, locale = 'und-u-ks-level2', deterministic = false)"));
    steps
        .given(
            "CREATE TABLE t (s text COLLATE blind, n numeric, f float8, i interval, b char(3), j jsonb)",
            "INSERT INTO t VALUES ('a', 1.0, 0, '1 day', 'x', '1.0')")
        .streamTable("SELECT s, n, f, i, b, j FROM t")
        .step(
            "UPDATE t SET s = 'A'",
            """
             s | n   | f | i     | b | j   | weight
            ---+-----+---+-------+---+-----+-------
             a | 1.0 | 0 | 1 day | x | 1.0 |     -1
             A | 1.0 | 0 | 1 day | x | 1.0 |      1\
            """)
        .step(
            "UPDATE t SET n = 1.00, f = '-0', i = '24:00', j = '1.00'",
            """
             s | n    | f  | i        | b | j    | weight
            ---+------+----+----------+---+------+-------
             A | 1.0  | 0  | 1 day    | x | 1.0  |     -1
             A | 1.00 | -0 | 24:00:00 | x | 1.00 |      1\
            """);
  }

  /** Nor those of what is made of such types. */
  @Test
  void anUpdateInsideARangeOrAComposite(Steps steps) throws SQLException {
    steps
        .given(
            "CREATE TYPE priced AS (n numeric, note text)",
            "CREATE TABLE t (r numrange, c priced)",
            "INSERT INTO t VALUES ('[1.0,2.0)', ROW(1.0, 'a')), (NULL, NULL)")
        .streamTable("SELECT r, c FROM t")
        .step(
            "UPDATE t SET r = '[1.00,2.0)' WHERE r IS NOT NULL",
            """
             r          | c       | weight
            ------------+---------+-------
             [1.0,2.0)  | (1.0,a) |     -1
             [1.00,2.0) | (1.0,a) |      1\
            """)
        .step(
            "UPDATE t SET c = ROW(1.00, 'a') WHERE r IS NOT NULL",
            """
             r          | c        | weight
            ------------+----------+-------
             [1.00,2.0) | (1.0,a)  |     -1
             [1.00,2.0) | (1.00,a) |      1\
            """);
  }

  @Test
  void citextGroupsWithoutRegardToCase(Steps steps) throws SQLException {
    assumeTrue(steps.has("CREATE EXTENSION IF NOT EXISTS citext SCHEMA public"));
    steps
        .given("CREATE TABLE t (id int, s citext)", "INSERT INTO t VALUES (1, 'a'), (2, NULL)")
        .streamTable("SELECT s, count(*) AS n FROM t GROUP BY s")
        .step(
            "INSERT INTO t VALUES (3, 'A'), (4, NULL)",
            """
             s    | n | weight
            ------+---+-------
             a    | 1 |     -1
             a    | 2 |      1
             NULL | 1 |     -1
             NULL | 2 |      1\
            """)
        .step(
            "DELETE FROM t WHERE id IN (1, 3)",
            """
             s | n | weight
            ---+---+-------
             a | 2 |     -1\
            """);
  }

  @Test
  void aTypeWhoseOperatorsAreNotOnTheSearchPath(Steps steps) throws SQLException {
    assumeTrue(steps.has("CREATE SCHEMA apart_types; CREATE EXTENSION hstore SCHEMA apart_types"));
    steps
        .given(
            "CREATE TABLE t (h apart_types.hstore, x int)",
            "INSERT INTO t VALUES ('a=>1', 1), (NULL, 1)")
        .streamTable("SELECT h, count(DISTINCT x) AS n FROM t GROUP BY h")
        .step(
            "INSERT INTO t VALUES ('a=>1', 2), (NULL, 2)",
            """
             h        | n | weight
            ----------+---+-------
             "a"=>"1" | 1 |     -1
             "a"=>"1" | 2 |      1
             NULL     | 1 |     -1
             NULL     | 2 |      1\
            """);
  }

  @Test
  void moneyBitsAndSearchVectorsInABag(Steps steps) throws SQLException {
    steps
        .given(
            "CREATE TABLE t (m money, b bit(3), v varbit, d tsvector, s pg_snapshot)",
            "INSERT INTO t VALUES ('1.5', '101', '1', 'a b', '1:2:'), ('1.5', '101', '1', 'a b', '1:2:')")
        .streamTable("SELECT m::numeric AS n, b, v, d, s, m FROM t")
        .step(
            "DELETE FROM t WHERE ctid = '(0,1)'; UPDATE t SET b = '001'",
            """
             n    | b   | v | d       | s    | m     | weight
            ------+-----+---+---------+------+-------+-------
             1.50 | 101 | 1 | 'a' 'b' | 1:2: | $1.50 |     -2
             1.50 | 001 | 1 | 'a' 'b' | 1:2: | $1.50 |      1\
            """
                .replace("$1.50", steps.value("SELECT '1.5'::money")));
  }

  @Test
  void groupsByMoneyAndBits(Steps steps) throws SQLException {
    steps
        .given("CREATE TABLE t (m money, b bit(3), x int)", "INSERT INTO t VALUES (NULL, '101', 1)")
        .streamTable("SELECT m::numeric AS m, b, sum(x) AS x FROM t GROUP BY m, b")
        .step(
            "INSERT INTO t VALUES (NULL, '101', 2), ('1.5', NULL, 3)",
            """
             m    | b    | x | weight
            ------+------+---+-------
             NULL | 101  | 1 |     -1
             NULL | 101  | 3 |      1
             1.50 | NULL | 3 |      1\
            """);
  }

  @Test
  void arraysDifferByTheirBoundsToo(Steps steps) throws SQLException {
    steps
        .given("CREATE TABLE t (a int[], n numeric[])", "INSERT INTO t VALUES ('{1}', '{1.0}')")
        .streamTable("SELECT a, n FROM t")
        .step(
            "UPDATE t SET a = '[2:2]={1}', n = '{1.00}'",
            """
             a         | n      | weight
            -----------+--------+-------
             {1}       | {1.0}  |     -1
             [2:2]={1} | {1.00} |      1\
            """);
  }
}
