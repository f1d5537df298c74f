package dev.freshet.refresh.maintain;

import static java.util.Objects.requireNonNull;

import dev.freshet.catalog.database.DatabaseException;
import dev.freshet.catalog.database.ErrorCategory;
import dev.freshet.catalog.database.Session;
import dev.freshet.refresh.algebra.Column;
import dev.freshet.refresh.algebra.Identity;
import dev.freshet.refresh.algebra.NotDifferentiable;
import dev.freshet.refresh.algebra.RelationName;
import dev.freshet.refresh.algebra.Shape;
import dev.freshet.refresh.algebra.SourceTable;
import dev.freshet.refresh.algebra.SourceType;
import dev.freshet.refresh.algebra.Stage;
import dev.freshet.refresh.maintain.CatalogFacts.Refusal;
import dev.freshet.refresh.parse.SqlParser;
import dev.freshet.refresh.parse.SqlSyntaxException;
import dev.freshet.refresh.parse.UnsupportedSyntaxException;
import dev.freshet.refresh.rewrite.Completeness;
import dev.freshet.refresh.rewrite.Expansion;
import dev.freshet.refresh.rewrite.StageCutter;
import dev.freshet.refresh.rewrite.StageNames;
import dev.freshet.refresh.sql.Position;
import dev.freshet.refresh.sql.Query;
import dev.freshet.refresh.sql.Select;
import dev.freshet.refresh.sql.SelectBuilder;
import dev.freshet.refresh.sql.Sql;
import dev.freshet.refresh.sql.SqlRenderer;
import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * Makes the plan of a stream table.
 *
 * <p>PostgreSQL resolves names, types and functions; what is tried out for that, empty tables and
 * views, is rolled back. A query whose text does not survive being read and printed by us is not
 * trusted to a delta.
 */
public final class Planner {

  private static final Logger LOG = Logger.getLogger(Planner.class);

  private static final String DEFINITION =
      """
      SELECT d.view_relid::bigint AS view_relid, n.nspname AS schema, c.relname AS name,
             vn.nspname AS view_schema, v.relname AS view_name, d.refresh_mode = 'FULL' AS always_full
      FROM freshet.definition d
      JOIN pg_class c ON c.oid = d.relid
      JOIN pg_namespace n ON n.oid = c.relnamespace
      JOIN pg_class v ON v.oid = d.view_relid
      JOIN pg_namespace vn ON vn.oid = v.relnamespace
      WHERE d.pgt_id = $1\
      """;

  private static final int STAGES_MAX = 100;
  private static final int STATEMENT_LENGTH_MAX = 500_000;

  private final SqlParser parser;

  public Planner(SqlParser parser) {
    this.parser = requireNonNull(parser);
  }

  /** What the plan is made for: the stream table's own table and its definition view. */
  private record Target(
      long pgtId,
      RelationName table,
      RelationName view,
      long viewRelid,
      String query,
      boolean alwaysFull) {}

  /**
   * Plans a stream table whose table and definition view exist.
   *
   * @param session in no transaction
   * @throws DatabaseException where the database refuses to be asked
   * @throws TableOfAnotherShape where the stream table's columns are not those of its query
   * @return empty if there is no such stream table any more
   */
  public Optional<MaintenancePlan> plan(Session session, long pgtId) {
    session.query("BEGIN; SET LOCAL search_path = ''");
    try {
      return target(session, pgtId).map(target -> plan(session, target));
    } finally {
      session.query("ROLLBACK");
    }
  }

  /**
   * Plans a query as if it were a stream table's.
   *
   * @param session in no transaction
   * @param query canonical
   */
  public MaintenancePlan analyze(Session session, String query) {
    session.query("BEGIN; SET LOCAL search_path = ''");
    try {
      session.query("CREATE VIEW freshet_state.\"?analyzed\" AS " + query);
      session.query(
          "CREATE TABLE freshet_state.\"?result\" AS SELECT * FROM freshet_state.\"?analyzed\" WITH NO DATA");
      Row view =
          session
              .query(
                  "SELECT v::oid::bigint AS relid, pg_get_viewdef(v) AS query FROM (VALUES ('freshet_state.\"?analyzed\"'::regclass)) AS named (v)")
              .iterator()
              .next();
      return plan(
          session,
          new Target(
              0,
              new RelationName("freshet_state", "?result"),
              new RelationName("freshet_state", "?analyzed"),
              view.getLong("relid"),
              view.getString("query"),
              false));
    } finally {
      session.query("ROLLBACK");
    }
  }

  /**
   * The view is locked before what it reads is, and as long: reading its text locks its sources,
   * and a command that drops both begins with the view.
   */
  private static Optional<Target> target(Session session, long pgtId) {
    for (var row : session.execute(DEFINITION, pgtId)) {
      RelationName view =
          new RelationName(row.getString("view_schema"), row.getString("view_name"));
      session.query(
          "LOCK TABLE %s IN ACCESS SHARE MODE".formatted(SqlRenderer.render(view.reference())));
      long relid = row.getLong("view_relid");
      return Optional.of(
          new Target(
              pgtId,
              new RelationName(row.getString("schema"), row.getString("name")),
              view,
              relid,
              session
                  .execute("SELECT pg_get_viewdef($1::bigint::oid)", relid)
                  .iterator()
                  .next()
                  .getString(0),
              row.getBoolean("always_full")));
    }
    return Optional.empty();
  }

  private MaintenancePlan plan(Session session, Target target) {
    PostgresTypes types = new PostgresTypes(session);
    List<Column> columns = types.columnsOf(SqlRenderer.render(target.table().reference()));
    List<Column> asked = types.columnsOf(SqlRenderer.render(target.view().reference()));
    TableOfAnotherShape.refuse(target.table(), columns, asked);
    CatalogFacts facts = new CatalogReader(parser).read(session, target.viewRelid());
    List<SourceUse> sources = sourcesOf(facts);
    Map<Long, SourceTable> tables = new HashMap<>();
    facts.catalog().tables().values().forEach(table -> tables.put(table.relid(), table));
    Query definition = wholeView(target, columns, asked);
    try {
      refuseWhatFunctionsForbid(facts);
      Query query = readable(session, target);
      Query expanded = Expansion.of(query, facts.catalog());
      TreeRules.require(expanded);
      List<Stage> stages =
          StageCutter.cut(
              expanded, facts.catalog(), types, namesFor(target.pgtId()), target.table(), columns);
      Completeness.require(facts.catalog().tables().keySet(), stages);
      requirePlannable(session, stages);
      PlanTraits traits =
          new PlanTraits(
              new Maintainability.Differential(),
              facts.changesByItself(),
              facts.aggregatesFloats(),
              facts.takesExtremes() || stages.stream().anyMatch(Planner::groupsEqualValues));
      MaintenancePlan plan =
          new MaintenancePlan(target.pgtId(), stages, sources, tables, definition, traits);
      requireReasonable(plan);
      return target.alwaysFull() ? plan.withoutDifferences() : plan;
    } catch (NotDifferentiable reason) {
      return whole(target, columns, tables, definition, facts, reason);
    } catch (DatabaseException refused) {
      if (refused.category() != ErrorCategory.STATEMENT) {
        throw refused;
      }
      // A type without the equality that a rule needs, a collation that two branches do not share.
      return whole(target, columns, tables, definition, facts, notRewritable(refused));
    } catch (RuntimeException defect) {
      // A query that we cannot plan although we should is as fresh as any other, and slower.
      LOG.errorf(
          defect, "stream table %d could not be planned: %s", target.pgtId(), target.query());
      return whole(target, columns, tables, definition, facts, notPlanned(defect));
    }
  }

  /**
   * That PostgreSQL can plan every stage by itself: it plans some FULL JOINs only because a
   * condition of the query around them makes them something less.
   */
  private static void requirePlannable(Session session, List<Stage> stages) {
    stages.forEach(stage -> session.query("EXPLAIN " + SqlRenderer.render(stage.query())));
  }

  /**
   * A monster is computed whole: PostgreSQL would plan its deltas for longer than it computes it.
   */
  private static void requireReasonable(MaintenancePlan plan) {
    int stages = plan.stageNames().size();
    if (stages > STAGES_MAX) {
      throw tooComplex("%d inner results to keep, more than %d".formatted(stages, STAGES_MAX));
    }
    int longest = plan.sampleDelta().stream().mapToInt(String::length).max().orElse(0);
    if (longest > STATEMENT_LENGTH_MAX) {
      throw tooComplex(
          "a statement of %d kB, more than %d"
              .formatted(longest / 1000, STATEMENT_LENGTH_MAX / 1000));
    }
  }

  private static NotDifferentiable tooComplex(String what) {
    return new NotDifferentiable(
        "too_complex",
        "its delta would need " + what + "; make a stream table of a part of it",
        Position.NONE);
  }

  private static NotDifferentiable notRewritable(DatabaseException refused) {
    return new NotDifferentiable(
        "rewriting",
        "PostgreSQL refuses what the query is rewritten to: " + refused.getMessage(),
        Position.NONE);
  }

  private static NotDifferentiable notPlanned(RuntimeException defect) {
    return new NotDifferentiable(
        "internal_error",
        "a defect of Freshet's planner, please report it with the query: " + defect,
        Position.NONE);
  }

  /** Whether values that are equal and yet not the same make one group, which shows one of them. */
  private static boolean groupsEqualValues(Stage stage) {
    return stage.shape() instanceof Shape.RecomputedGroups groups
        && groups.keyColumns().stream().anyMatch(key -> !key.type().isExact());
  }

  /** By position: the stream table's owner may have renamed a column of it. */
  private static Query wholeView(Target target, List<Column> columns, List<Column> asked) {
    SelectBuilder select = Select.builder().from(target.view().as("v"));
    for (int i = 0; i < columns.size(); i++) {
      select.target(Sql.column("v", asked.get(i).name()), columns.get(i).name());
    }
    return select.build();
  }

  private static List<SourceUse> sourcesOf(CatalogFacts facts) {
    List<SourceUse> sources = new ArrayList<>();
    for (SourceTable table : facts.catalog().tables().values()) {
      boolean captured =
          table.type() != SourceType.MATVIEW && table.type() != SourceType.FOREIGN_TABLE;
      Set<Integer> attnums = facts.used().getOrDefault(table.relid(), Set.of());
      sources.add(new SourceUse(table.relid(), table.type(), attnums, captured));
    }
    return sources;
  }

  private static void refuseWhatFunctionsForbid(CatalogFacts facts) {
    for (Refusal refusal : facts.refusals()) {
      throw new NotDifferentiable(refusal.code(), refusal.sentence(), Position.NONE);
    }
  }

  /** The query as a tree, if printing the tree gives the same query. */
  private Query readable(Session session, Target target) {
    try {
      Query query = parser.parse(target.query());
      String printed = reprinted(session, query);
      if (!printed.equals(target.query()) && !parser.parse(printed).equals(query)) {
        throw notReadable("the query does not come back the same when it is printed");
      }
      return query;
    } catch (UnsupportedSyntaxException unknown) {
      throw notReadable(String.valueOf(unknown.getMessage()));
    } catch (SqlSyntaxException broken) {
      throw notReadable(String.valueOf(broken.getMessage()));
    } catch (DatabaseException refused) {
      if (refused.category() != ErrorCategory.STATEMENT) {
        throw refused;
      }
      throw notReadable("PostgreSQL refuses the query as printed: " + refused.getMessage());
    }
  }

  private static String reprinted(Session session, Query query) {
    session.query("SAVEPOINT reprint");
    try {
      session.query("CREATE VIEW freshet_state.\"?query\" AS " + SqlRenderer.render(query));
      return session
          .query("SELECT pg_get_viewdef('freshet_state.\"?query\"'::regclass)")
          .iterator()
          .next()
          .getString(0);
    } finally {
      session.query("ROLLBACK TO SAVEPOINT reprint");
    }
  }

  private static NotDifferentiable notReadable(String sentence) {
    return new NotDifferentiable("syntax", sentence, Position.NONE);
  }

  private static StageNames namesFor(long pgtId) {
    return query ->
        new RelationName(
            "freshet_state", "s%d_%s".formatted(pgtId, Digest.of(SqlRenderer.render(query))));
  }

  private static MaintenancePlan whole(
      Target target,
      List<Column> columns,
      Map<Long, SourceTable> tables,
      Query definition,
      CatalogFacts facts,
      NotDifferentiable reason) {
    Maintainability full =
        new Maintainability.FullOnly(
            reason.code(), String.valueOf(reason.getMessage()), reason.position().character());
    Stage stage =
        new Stage(
            target.table(),
            definition,
            new Shape.Linear(definition),
            new Identity.Bag(),
            columns,
            Set.of());
    PlanTraits traits =
        new PlanTraits(
            full, facts.changesByItself(), facts.aggregatesFloats(), facts.takesExtremes());
    return new MaintenancePlan(
        target.pgtId(), List.of(stage), sourcesOf(facts), tables, definition, traits);
  }
}
