package dev.freshet.refresh.maintain.step;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** LATERAL subqueries whose rows depend on one another. */
@ExtendWith(StepExtension.class)
class LateralStepTest {

  private static final String[] TABLES = {
    "CREATE TABLE c (id int PRIMARY KEY, name text)",
    "CREATE TABLE o (id int PRIMARY KEY, c int, amount int)",
    "INSERT INTO c VALUES (1, 'a'), (2, 'b'), (3, 'c')",
    "INSERT INTO o VALUES (1, 1, 10), (2, 1, 20), (3, 1, 30), (4, 2, 5)"
  };

  @Test
  void theFirstRowsOfEach(Steps steps) throws SQLException {
    steps
        .given(TABLES)
        .streamTable(
            "SELECT c.name, x.amount FROM c CROSS JOIN LATERAL"
                + " (SELECT amount FROM o WHERE o.c = c.id ORDER BY amount DESC LIMIT 2) x")
        .step(
            "INSERT INTO o VALUES (5, 1, 25), (6, 3, 1)",
            """
             name | amount | weight
            ------+--------+-------
             a    | 20     |     -1
             a    | 25     |      1
             c    | 1      |      1\
            """)
        .step(
            "DELETE FROM o WHERE c = 2; UPDATE c SET id = 4 WHERE id = 3",
            """
             name | amount | weight
            ------+--------+-------
             b    | 5      |     -1
             c    | 1      |     -1\
            """);
  }

  @Test
  void theLatestOfEachOrNone(Steps steps) throws SQLException {
    steps
        .given(TABLES)
        .streamTable(
            "SELECT c.id, x.amount FROM c LEFT JOIN LATERAL"
                + " (SELECT o.amount FROM o WHERE o.c = c.id ORDER BY o.id DESC LIMIT 1) x ON true")
        .step(
            "INSERT INTO o VALUES (7, 3, 7); DELETE FROM o WHERE c = 2",
            """
             id | amount | weight
            ----+--------+-------
              2 | 5      |     -1
              2 | NULL   |      1
              3 | 7      |      1
              3 | NULL   |     -1\
            """);
  }

  @Test
  void offsetsAndTies(Steps steps) throws SQLException {
    steps
        .given(TABLES)
        .streamTable(
            """
            SELECT c.id, x.amount, y.id AS tied
            FROM c JOIN LATERAL (SELECT o.amount FROM o WHERE o.c = c.id ORDER BY o.amount LIMIT 1 OFFSET 1) x ON x.amount > 0
              JOIN LATERAL (SELECT o.id FROM o WHERE o.c = c.id ORDER BY o.amount FETCH FIRST 1 ROWS WITH TIES) y ON true\
            """)
        .step(
            "INSERT INTO o VALUES (8, 1, 10)",
            """
             id | amount | tied | weight
            ----+--------+------+-------
              1 | 10     | 1    |      1
              1 | 10     | 8    |      1
              1 | 20     | 1    |     -1\
            """);
  }

  @Test
  void groupsOfEach(Steps steps) throws SQLException {
    steps
        .given(TABLES)
        .streamTable(
            """
            SELECT c.id, x.odd, x.n FROM c, LATERAL
              (SELECT amount % 2 = 1 AS odd, count(*) AS n FROM o WHERE o.c = c.id GROUP BY 1 HAVING count(*) < 3) x\
            """)
        .step(
            "INSERT INTO o VALUES (9, 2, 7), (10, 3, 2); DELETE FROM o WHERE id = 1",
            """
             id | odd | n | weight
            ----+-----+---+-------
              1 | f   | 2 |      1
              2 | t   | 1 |     -1
              2 | t   | 2 |      1
              3 | f   | 1 |      1\
            """);
  }

  /** A group of nothing is a row. */
  @Test
  void theOneGroupOfEach(Steps steps) throws SQLException {
    steps
        .given(TABLES)
        .streamTable(
            """
            SELECT c.id, x.n, x.total, x.most FROM c CROSS JOIN LATERAL
              (SELECT count(*) AS n, coalesce(sum(amount), 0) AS total, max(amount) AS most FROM o WHERE o.c = c.id) x
            WHERE x.n < 3\
            """)
        .step(
            "INSERT INTO o VALUES (11, 3, 2); DELETE FROM o WHERE c = 2 OR id = 1",
            """
             id | n | total | most | weight
            ----+---+-------+------+-------
              1 | 2 | 50    | 30   |      1
              2 | 0 | 0     | NULL |      1
              2 | 1 | 5     | 5    |     -1
              3 | 0 | 0     | NULL |     -1
              3 | 1 | 2     | 2    |      1\
            """);
  }

  /** Asked for each combination of outer values. */
  @Test
  void whatIsNoEquation(Steps steps) throws SQLException {
    steps
        .given(TABLES)
        .streamTable(
            """
            SELECT c.id, x.n, y.amount FROM c
              LEFT JOIN LATERAL (SELECT count(*) AS n FROM o WHERE o.c <= c.id AND o.amount > c.id * 5) x ON true
              LEFT JOIN LATERAL (SELECT DISTINCT o.amount FROM o WHERE o.id = c.id + 1) y ON y.amount > 5\
            """)
        .step(
            "UPDATE o SET amount = 4 WHERE id = 3; INSERT INTO c VALUES (0, 'z'), (5, 'y')",
            """
             id | n | amount | weight
            ----+---+--------+-------
              0 | 0 | 10     |      1
              1 | 2 | 20     |      1
              1 | 3 | 20     |     -1
              2 | 1 | NULL   |      1
              2 | 2 | 30     |     -1
              3 | 1 | NULL   |      1
              3 | 2 | NULL   |     -1
              5 | 0 | NULL   |      1\
            """);
  }

  @Test
  void theFirstOfEachValueOfEach(Steps steps) throws SQLException {
    steps
        .given(TABLES)
        .streamTable(
            """
            SELECT c.id, x.odd, x.amount FROM c, LATERAL
              (SELECT DISTINCT ON (o.amount % 2) o.amount % 2 AS odd, o.amount FROM o WHERE o.c = c.id
               ORDER BY o.amount % 2, o.amount DESC) x\
            """)
        .step(
            "INSERT INTO o VALUES (12, 1, 40), (13, 2, 4), (14, 2, 3)",
            """
             id | odd | amount | weight
            ----+-----+--------+-------
              1 | 0   | 30     |     -1
              1 | 0   | 40     |      1
              2 | 0   | 4      |      1\
            """);
  }

  @Test
  void oneThatUsesNothingOutside(Steps steps) throws SQLException {
    steps
        .given(TABLES)
        .streamTable("SELECT c.id, x.n FROM c, LATERAL (SELECT count(*) AS n FROM o) x")
        .step(
            "DELETE FROM o WHERE id = 1; DELETE FROM c WHERE id > 1",
            """
             id | n | weight
            ----+---+-------
              1 | 3 |      1
              1 | 4 |     -1
              2 | 4 |     -1
              3 | 4 |     -1\
            """);
  }

  @Test
  void oneInsideOthers(Steps steps) throws SQLException {
    steps
        .given(TABLES)
        .streamTable(
            """
            SELECT s.name, s.n + s.most AS sum FROM
              (SELECT c.name, x.n, y.most FROM c, LATERAL (SELECT count(*) AS n FROM o WHERE o.c = c.id) x,
                 LATERAL (SELECT o.amount AS most FROM o WHERE o.c = c.id AND o.amount > x.n ORDER BY o.amount DESC, o.id LIMIT 1) y) s\
            """)
        .step(
            "INSERT INTO o VALUES (15, 2, 6)",
            """
             name | sum | weight
            ------+-----+-------
             b    | 6   |     -1
             b    | 8   |      1\
            """);
  }

  @Test
  void windowsOverTheRowsOfEach(Steps steps) throws SQLException {
    steps
        .given(TABLES)
        .streamTable(
            """
            SELECT c.id, x.amount, x.place, x.sum FROM c, LATERAL
              (SELECT o.amount, rank() OVER (ORDER BY o.amount DESC) AS place, sum(o.amount) OVER w AS sum
               FROM o WHERE o.c = c.id WINDOW w AS (PARTITION BY o.amount > 15)) x\
            """)
        .step(
            "INSERT INTO o VALUES (20, 2, 40), (21, 2, 20); DELETE FROM o WHERE id = 3",
            """
             id | amount | place | sum | weight
            ----+--------+-------+-----+-------
              1 | 10     | 2     | 10  |      1
              1 | 10     | 3     | 10  |     -1
              1 | 20     | 1     | 20  |      1
              1 | 20     | 2     | 50  |     -1
              1 | 30     | 1     | 50  |     -1
              2 | 20     | 2     | 60  |      1
              2 | 40     | 1     | 60  |      1
              2 | 5      | 1     | 5   |     -1
              2 | 5      | 3     | 5   |      1\
            """);
  }

  @Test
  void windowsByInequalityAndALimit(Steps steps) throws SQLException {
    steps
        .given(TABLES)
        .streamTable(
            """
            SELECT c.id, x.amount, x.n FROM c LEFT JOIN LATERAL
              (SELECT o.amount, count(*) OVER () AS n FROM o WHERE o.c > c.id ORDER BY o.amount LIMIT 1) x ON true\
            """)
        .step(
            "INSERT INTO o VALUES (22, 3, 1)",
            """
             id | amount | n    | weight
            ----+--------+------+-------
              1 | 1      | 2    |      1
              1 | 5      | 1    |     -1
              2 | 1      | 1    |      1
              2 | NULL   | NULL |     -1\
            """);
  }

  @Test
  void setsOfTheRowsOfEach(Steps steps) throws SQLException {
    steps
        .given(TABLES)
        .streamTable(
            """
            SELECT c.id, x.v FROM c, LATERAL
              (SELECT o.amount / 10 AS v FROM o WHERE o.c = c.id UNION SELECT c.id
               EXCEPT ALL (SELECT o.amount FROM o WHERE o.amount > c.id INTERSECT SELECT o.id FROM o)) x\
            """)
        .step(
            "INSERT INTO o VALUES (23, 3, 30), (30, 2, 3); UPDATE c SET id = 9 WHERE id = 1",
            """
             id | v | weight
            ----+---+-------
              1 | 1 |     -1
              1 | 2 |     -1
              1 | 3 |     -1
              9 | 9 |      1\
            """);
  }

  @Test
  void setsThatDependOnNulls(Steps steps) throws SQLException {
    steps
        .given(
            "CREATE TABLE l (a int)", "CREATE TABLE r (b int)", "INSERT INTO l VALUES (1), (NULL)")
        .streamTable("SELECT l.a, x.v FROM l, LATERAL (SELECT l.a AS v EXCEPT SELECT r.b FROM r) x")
        .step(
            "INSERT INTO r VALUES (NULL)",
            """
             a    | v    | weight
            ------+------+-------
             NULL | NULL |     -1\
            """)
        .step(
            "DELETE FROM r; INSERT INTO l VALUES (NULL)",
            """
             a    | v    | weight
            ------+------+-------
             NULL | NULL |      2\
            """);
  }

  /** The inner one uses a column of the outermost query, too. */
  @Test
  void oneInAnother(Steps steps) throws SQLException {
    steps
        .given(TABLES)
        .given(
            "CREATE TABLE p (id int PRIMARY KEY, o int, paid int)",
            "INSERT INTO p VALUES (1, 1, 4), (2, 1, 3), (3, 2, 9), (4, 4, 1)")
        .streamTable(
            """
            SELECT c.id, s.amount, s.paid
            FROM c, LATERAL (SELECT o.amount, t.paid
                             FROM o, LATERAL (SELECT max(p.paid) AS paid FROM p WHERE p.o = o.id AND p.paid > c.id) t
                             WHERE o.c = c.id) s\
            """)
        .step(
            "INSERT INTO p VALUES (5, 1, 8); DELETE FROM p WHERE id = 3",
            """
             id | amount | paid | weight
            ----+--------+------+--------
             1  | 10     | 4    |     -1
             1  | 10     | 8    |      1
             1  | 20     | 9    |     -1
             1  | 20     | NULL |      1\
            """)
        .step(
            "UPDATE c SET id = 9 WHERE id = 1; UPDATE o SET c = 9 WHERE id = 1",
            """
             id | amount | paid | weight
            ----+--------+------+--------
             1  | 10     | 8    |     -1
             1  | 20     | NULL |     -1
             1  | 30     | NULL |     -1
             9  | 10     | NULL |      1\
            """);
  }

  @Test
  void theFirstRowsOfTheFirstRows(Steps steps) throws SQLException {
    steps
        .given(TABLES)
        .given(
            "CREATE TABLE p (id int PRIMARY KEY, o int, paid int)",
            "INSERT INTO p VALUES (1, 1, 4), (2, 1, 3), (3, 2, 9), (4, 4, 1)")
        .streamTable(
            """
            SELECT c.id, s.amount, s.paid
            FROM c LEFT JOIN LATERAL (
                SELECT o.amount, t.paid
                FROM o LEFT JOIN LATERAL (SELECT p.paid FROM p WHERE p.o = o.id AND p.paid <> c.id ORDER BY p.paid LIMIT 1) t ON true
                WHERE o.c = c.id ORDER BY o.amount LIMIT 2) s ON true\
            """)
        .step(
            "INSERT INTO p VALUES (5, 1, 2), (6, 4, 7); DELETE FROM o WHERE id = 2",
            """
             id | amount | paid | weight
            ----+--------+------+--------
             1  | 10     | 2    |      1
             1  | 10     | 3    |     -1
             1  | 20     | 9    |     -1
             1  | 30     | NULL |      1\
            """)
        .step(
            "UPDATE c SET id = 5 WHERE id = 3; UPDATE o SET c = 1 WHERE id = 4",
            """
             id | amount | paid | weight
            ----+--------+------+--------
             1  | 30     | NULL |     -1
             1  | 5      | 7    |      1
             2  | 5      | 1    |     -1
             2  | NULL   | NULL |      1
             3  | NULL   | NULL |     -1
             5  | NULL   | NULL |      1\
            """);
  }

  @Test
  void whatIsBeforeACommaIsUsed(Steps steps) throws SQLException {
    steps
        .given(TABLES)
        .streamTable(
            """
            SELECT c.id, d.id AS other, x.n
            FROM c, c AS d LEFT JOIN LATERAL (SELECT count(*) AS n FROM o WHERE o.c = c.id AND o.amount > d.id * 10) x ON true
            WHERE c.id <> d.id\
            """)
        .step(
            "INSERT INTO o VALUES (5, 2, 100); DELETE FROM o WHERE id = 3",
            """
             id | other | n | weight
            ----+-------+---+--------
             1  | 2     | 0 |      1
             1  | 2     | 1 |     -1
             2  | 1     | 0 |     -1
             2  | 1     | 1 |      1
             2  | 3     | 0 |     -1
             2  | 3     | 1 |      1\
            """);
  }
}
