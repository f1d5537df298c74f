package dev.freshet.refresh.rule;

import static dev.freshet.refresh.rule.RuleCase.rule;

import org.junit.jupiter.api.Test;

class RecomputedGroupsApplyTest {

  @Test
  void sumsOfFloatsAreComputedAnew() {
    rule("RecomputedGroupsApply")
        .query(
            """
            SELECT v.page, sum(v.seconds) AS seconds FROM shop.visits v GROUP BY v.page\
            """)
        .rendersAs("float");
  }

  @Test
  void aGroupOfNullsIsABranchOfItsOwn() {
    rule("RecomputedGroupsApply")
        .query(
            """
            SELECT c.city, string_agg(c.name, ', '::text ORDER BY c.name) AS names FROM shop.customers c GROUP BY c.city\
            """)
        .rendersAs("nullable-key");
  }

  @Test
  void aGroupThatFailsHavingIsDeleted() {
    rule("RecomputedGroupsApply")
        .query(
            """
            SELECT v.page, sum(v.seconds) AS seconds FROM shop.visits v GROUP BY v.page HAVING sum(v.seconds) > 60::double precision\
            """)
        .rendersAs("having");
  }

  @Test
  void theGroupOfAllRowsIsComputedWhenARowChanged() {
    rule("RecomputedGroupsApply")
        .query(
            """
            SELECT sum(v.seconds) AS seconds FROM shop.visits v\
            """)
        .rendersAs("global");
  }

  @Test
  void columnsThatFollowFromTheKeyAreKept() {
    rule("RecomputedGroupsApply")
        .query(
            """
            SELECT d.id, array_agg(v.page) AS pages, d.body
            FROM shop.documents d JOIN shop.visits v ON v.customer_id = d.id
            GROUP BY d.id\
            """)
        .rendersAs("dependent-columns");
  }

  @Test
  void aKeyThatIsNotShownIsInAStageOfItsOwn() {
    rule("RecomputedGroupsApply")
        .query(
            """
            SELECT sum(v.seconds) AS seconds FROM shop.visits v GROUP BY v.page\
            """)
        .rendersAs("key-not-shown");
  }

  @Test
  void aStageOfAnInexactKeyIsABag() {
    rule("RecomputedGroupsApply")
        .query(
            """
            SELECT t.rate, count(*) AS n FROM shop.tariffs t GROUP BY t.rate\
            """)
        .rendersAs("inexact-key");
  }

  @Test
  void groupsOfAnOuterJoinReadItsDelta() {
    rule("RecomputedGroupsApply")
        .query(
            """
            SELECT c.id, sum(v.seconds) AS seconds
            FROM shop.customers c LEFT JOIN shop.visits v ON v.customer_id = c.id
            GROUP BY c.id\
            """)
        .showing(Part.ALL_CHANGED)
        .rendersAs("outer-join");
  }
}
