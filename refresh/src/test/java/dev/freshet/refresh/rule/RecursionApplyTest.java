package dev.freshet.refresh.rule;

import static dev.freshet.refresh.rule.RuleCase.rule;

import org.junit.jupiter.api.Test;

class RecursionApplyTest {

  @Test
  void everyWayToARowCounts() {
    rule("RecursionApply")
        .query(
            """
            WITH RECURSIVE chain AS (
              SELECT o.id, 1 AS depth FROM shop.orders o WHERE o.customer_id IS NULL
              UNION ALL
              SELECT o.id, c.depth + 1 FROM chain c JOIN shop.orders o ON o.customer_id = c.id
            )
            SELECT chain.id, chain.depth FROM chain\
            """)
        .rendersAs("union-all");
  }

  @Test
  void whatLostItsGroundIsDerivedAgain() {
    rule("RecursionApply")
        .query(
            """
            WITH RECURSIVE reached AS (
              SELECT c.id FROM shop.customers c WHERE c.city = 'Rome'::text
              UNION
              SELECT o.id FROM reached r JOIN shop.orders o ON o.customer_id = r.id
            )
            SELECT reached.id FROM reached\
            """)
        .showing(Part.ALL_CHANGED)
        .rendersAs("union");
  }
}
