package dev.freshet.refresh.rule;

import static dev.freshet.refresh.rule.RuleCase.rule;

import org.junit.jupiter.api.Test;

class NetDeltaTest {

  @Test
  void exactTypesAreNettedByTheirEquality() {
    rule("NetDelta")
        .query(
            """
            SELECT o.price, o.placed FROM shop.orders o\
            """)
        .showing(Part.ALL_CHANGED)
        .rendersAs("exact-types");
  }

  @Test
  void numericsOfNoScaleAreNettedByTheirTextBesides() {
    rule("NetDelta")
        .query(
            """
            SELECT t.rate, t.name FROM shop.tariffs t\
            """)
        .showing(Part.ALL_CHANGED)
        .rendersAs("numeric-without-scale");
  }

  @Test
  void stringsThatACollationCallsEqualAreNettedByTheirTextBesides() {
    rule("NetDelta")
        .query(
            """
            SELECT b.name, b.country FROM shop.brands b\
            """)
        .showing(Part.ALL_CHANGED)
        .rendersAs("collation");
  }

  @Test
  void typesWithoutAnEqualityAreNettedByTheirTextAlone() {
    rule("NetDelta")
        .query(
            """
            SELECT d.body, d.place, d.home FROM shop.documents d\
            """)
        .showing(Part.ALL_CHANGED)
        .rendersAs("without-equality");
  }

  @Test
  void theKeyedRowsOfSuchTypesAreFoundByTheirKey() {
    rule("NetDelta")
        .query(
            """
            SELECT d.id, d.body, d.home FROM shop.documents d\
            """)
        .showing(Part.ALL_CHANGED)
        .rendersAs("key-beside-without-equality");
  }
}
