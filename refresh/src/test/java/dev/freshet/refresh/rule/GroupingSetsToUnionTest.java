package dev.freshet.refresh.rule;

import static dev.freshet.refresh.rule.RuleCase.rule;

import org.junit.jupiter.api.Test;

class GroupingSetsToUnionTest {

  @Test
  void eachSetIsAGroupingOfItsOwn() {
    rule("GroupingSetsToUnion")
        .query(
            """
            SELECT c.city, c.name, count(*) AS n FROM shop.customers c GROUP BY GROUPING SETS ((c.city), (c.name))\
            """)
        .showing()
        .rendersAs("sets");
  }

  @Test
  void rollupEndsWithTheTotal() {
    rule("GroupingSetsToUnion")
        .query(
            """
            SELECT c.city, count(*) AS n FROM shop.customers c GROUP BY ROLLUP (c.city)\
            """)
        .showing()
        .rendersAs("rollup");
  }

  @Test
  void groupingOfOneSetIsZero() {
    rule("GroupingSetsToUnion")
        .query(
            """
            SELECT GROUPING(c.city) AS g, count(*) AS n FROM shop.customers c GROUP BY c.city\
            """)
        .showing()
        .rendersAs("grouping");
  }

  @Test
  void argumentsOfAggregatesSeeTheRows() {
    rule("GroupingSetsToUnion")
        .query(
            """
            SELECT c.city, max(c.city) AS m, count(*) AS n FROM shop.customers c GROUP BY ROLLUP (c.city) HAVING c.city IS NULL\
            """)
        .showing()
        .rendersAs("arguments");
  }
}
