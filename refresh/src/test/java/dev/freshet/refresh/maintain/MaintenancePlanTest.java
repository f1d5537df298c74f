package dev.freshet.refresh.maintain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.refresh.algebra.RelationName;
import dev.freshet.refresh.algebra.SourceTable;
import dev.freshet.refresh.rule.CompiledQuery;
import dev.freshet.refresh.rule.GoldenFile;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a plan lets the worker run, in order; every statement whole. */
class MaintenancePlanTest {

  private static final String FILTERED =
      "SELECT o.id, o.amount FROM shop.orders o WHERE o.amount > 10";

  private static final long CHANGES = 50;

  private static MaintenancePlan planOf(String query) {
    CompiledQuery compiled = CompiledQuery.of(query);
    Map<Long, SourceTable> tables = new HashMap<>();
    compiled.sources().forEach(table -> tables.put(table.relid(), table));
    List<SourceUse> uses =
        compiled.sources().stream()
            .map(table ->
                new SourceUse(
                    table.relid(),
                    table.type(),
                    new HashSet<>(table.numbers().subList(0, 3)),
                    true))
            .toList();
    PlanTraits traits = new PlanTraits(new Maintainability.Differential(), false, false, false);
    return new MaintenancePlan(7, compiled.stages(), uses, tables, compiled.query(), traits);
  }

  /** The first buffers of all sources, two for each. */
  private static Map<Long, SourceChanges> allChanged(MaintenancePlan plan) {
    Map<Long, SourceChanges> changed = new HashMap<>();
    plan.sources()
        .forEach(source ->
            changed.put(
                source.relid(),
                new SourceChanges(List.of(buffer(source, "a"), buffer(source, "b")), CHANGES)));
    return changed;
  }

  private static RelationName buffer(SourceUse source, String name) {
    return new RelationName("freshet_state", "c%d_1%s".formatted(source.relid(), name));
  }

  private static void golden(String name, List<String> statements) {
    GoldenFile.of(MaintenancePlanTest.class.getPackageName(), "MaintenancePlanTest", name)
        .says(String.join(";\n\n", statements) + ";\n");
  }

  private static List<String> differential(MaintenancePlan plan, boolean insertOnly) {
    return plan.differential(allChanged(plan), insertOnly).stream()
        .map(statement ->
            (statement.readsFrontier() ? "-- reads the frontier\n" : "") + statement.sql())
        .toList();
  }

  @Test
  void newIsWhatTheFrontierDidNotSee() {
    golden("differential", differential(planOf(FILTERED), false));
  }

  @Test
  void insertionsAloneIntoOneSourceAreAppended() {
    golden("insertions", differential(planOf(FILTERED), true));
  }

  @Test
  void aStageAfterAnotherReadsWhatItNoted() {
    golden(
        "stages",
        differential(
            planOf("SELECT c.city, avg(c.id) AS a FROM shop.customers c GROUP BY c.city"), false));
  }

  @Test
  void insertionsIntoAStageAreNotAppendedToTheNext() {
    MaintenancePlan plan =
        planOf("SELECT c.city, avg(c.id) AS a FROM shop.customers c GROUP BY c.city");

    assertThat(differential(plan, true)).isEqualTo(differential(plan, false));
  }

  @Test
  void insertionsIntoATableReadTwiceAreNotAppended() {
    MaintenancePlan plan =
        planOf("SELECT l.page FROM shop.visits l JOIN shop.visits r ON l.page = r.page");

    assertThat(differential(plan, true)).isEqualTo(differential(plan, false));
  }

  @Test
  void insertionsIntoAnOuterJoinAreNotAppended() {
    MaintenancePlan plan =
        planOf(
            "SELECT o.id, c.name FROM shop.orders o LEFT JOIN shop.customers c ON c.id = o.customer_id");
    Map<Long, SourceChanges> customers = allChanged(plan);
    customers.remove(plan.sources().getFirst().relid());

    assertThat(plan.differential(customers, true)).isEqualTo(plan.differential(customers, false));
  }

  @Test
  void insertionsIntoTwoSourcesAreNotAppended() {
    MaintenancePlan plan =
        planOf(
            "SELECT o.id, c.name FROM shop.orders o JOIN shop.customers c ON c.id = o.customer_id");

    assertThat(differential(plan, true)).isEqualTo(differential(plan, false));
  }

  @Test
  void aKeyWithoutNullsBecomesThePrimaryKey() {
    golden("set-up-of-a-key", planOf(FILTERED).setUp());
  }

  @Test
  void anInnerStageGetsItsTableItsIndexAndItsNotes() {
    golden(
        "set-up-of-stages",
        planOf("SELECT c.city, avg(c.id) AS a FROM shop.customers c GROUP BY c.city").setUp());
  }

  @Test
  void aBagIsLookedUpByItsHash() {
    golden("set-up-of-a-bag", planOf("SELECT v.page, v.seconds FROM shop.visits v").setUp());
  }

  @Test
  void stagesArePopulatedBeforeTheStreamTable() {
    golden(
        "population",
        planOf("SELECT c.city, avg(c.id) AS a FROM shop.customers c GROUP BY c.city").populate());
  }

  @Test
  void allStagesAreComputedAnewInOrder() {
    golden(
        "recomputation",
        planOf("SELECT c.city, avg(c.id) AS a FROM shop.customers c GROUP BY c.city").recompute());
  }

  @Test
  void whatWasNotCapturedChangesByItself() {
    CompiledQuery compiled = CompiledQuery.of(FILTERED);
    SourceTable orders = compiled.sources().getFirst();
    PlanTraits traits = new PlanTraits(new Maintainability.Differential(), false, false, false);
    SourceUse unseen = new SourceUse(orders.relid(), orders.type(), Set.of(1), false);

    assertThat(planOf(FILTERED).changesByItself()).isFalse();
    assertThat(
            new MaintenancePlan(
                    7,
                    compiled.stages(),
                    List.of(unseen),
                    Map.of(orders.relid(), orders),
                    compiled.query(),
                    traits)
                .changesByItself())
        .isTrue();
  }
}
