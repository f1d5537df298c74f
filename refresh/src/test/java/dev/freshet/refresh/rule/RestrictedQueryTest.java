package dev.freshet.refresh.rule;

import static dev.freshet.refresh.rule.RuleCase.rule;

import org.junit.jupiter.api.Test;

class RestrictedQueryTest {

  @Test
  void aKeyThatCannotBeNullIsEquated() {
    rule("RestrictedQuery")
        .query(
            """
            SELECT v.page, sum(v.seconds) AS seconds FROM shop.visits v GROUP BY v.page\
            """)
        .rendersAs("not-null");
  }

  @Test
  void oneNullableKeyHasABranchForItsNulls() {
    rule("RestrictedQuery")
        .query(
            """
            SELECT v.customer_id, v.page, sum(v.seconds) AS seconds FROM shop.visits v GROUP BY v.customer_id, v.page\
            """)
        .rendersAs("one-nullable");
  }

  @Test
  void severalNullableKeysAreFoundByTheirHash() {
    rule("RestrictedQuery")
        .query(
            """
            SELECT i.quantity, o.customer_id, array_agg(i.line) AS lines
            FROM shop.items i JOIN shop.orders o ON o.id = i.order_id
            GROUP BY i.quantity, o.customer_id\
            """)
        .rendersAs("two-nullable");
  }

  @Test
  void theOperatorOfAnExtensionsTypeIsNotLookedUpByName() {
    rule("RestrictedQuery")
        .query(
            """
            SELECT l.label, string_agg(l.note, ','::text) AS notes FROM shop.labels l GROUP BY l.label\
            """)
        .rendersAs("extension-type");
  }
}
