package dev.freshet.refresh.rule;

import static dev.freshet.refresh.rule.RuleCase.rule;

import org.junit.jupiter.api.Test;

class RunningGroupsApplyTest {

  @Test
  void countsAndSumsAreCarriedForward() {
    rule("RunningGroupsApply")
        .query(
            """
            SELECT o.placed, count(*) AS n, sum(o.amount) AS total FROM shop.orders o GROUP BY o.placed\
            """)
        .rendersAs("count-and-sum");
  }

  @Test
  void aGroupOfNullsIsFoundByItsHash() {
    rule("RunningGroupsApply")
        .query(
            """
            SELECT c.city, count(*) AS n FROM shop.customers c GROUP BY c.city\
            """)
        .rendersAs("nullable-key");
  }

  @Test
  void aSumOfNoValuesIsNull() {
    rule("RunningGroupsApply")
        .query(
            """
            SELECT i.product, count(*) AS n, count(i.quantity) AS counted, sum(i.quantity) AS total
            FROM shop.items i GROUP BY i.product\
            """)
        .rendersAs("nullable-argument");
  }

  @Test
  void aSumThatMetNaNIsReadAgain() {
    rule("RunningGroupsApply")
        .query(
            """
            SELECT o.placed, count(*) AS n, count(o.price) AS priced, sum(o.price) AS total FROM shop.orders o GROUP BY o.placed\
            """)
        .rendersAs("numeric");
  }

  @Test
  void moneyIsAddedAsItIs() {
    rule("RunningGroupsApply")
        .query(
            """
            SELECT r.sensor, count(*) AS n, count(r.cost) AS costs, sum(r.cost) AS total FROM shop.readings r GROUP BY r.sensor\
            """)
        .rendersAs("money");
  }

  @Test
  void theGroupOfAllRowsIsNeverDeleted() {
    rule("RunningGroupsApply")
        .query(
            """
            SELECT count(*) AS n, sum(o.amount) AS total FROM shop.orders o\
            """)
        .rendersAs("global");
  }

  @Test
  void aFilterOfAnAggregateIsACaseOfItsArgument() {
    rule("RunningGroupsApply")
        .query(
            """
            SELECT o.placed, count(*) AS n, count(*) FILTER (WHERE o.amount > 10) AS large FROM shop.orders o GROUP BY o.placed\
            """)
        .rendersAs("filter");
  }

  @Test
  void groupsOfAJoinReadItsDelta() {
    rule("RunningGroupsApply")
        .query(
            """
            SELECT c.city, count(*) AS n, sum(o.amount) AS total
            FROM shop.orders o JOIN shop.customers c ON c.id = o.customer_id
            GROUP BY c.city\
            """)
        .showing(Part.ALL_CHANGED)
        .rendersAs("join");
  }

  @Test
  void groupsByAnExpressionShowIt() {
    rule("RunningGroupsApply")
        .query(
            """
            SELECT upper(c.name) AS name, count(*) AS n FROM shop.customers c GROUP BY (upper(c.name))\
            """)
        .rendersAs("expression");
  }
}
