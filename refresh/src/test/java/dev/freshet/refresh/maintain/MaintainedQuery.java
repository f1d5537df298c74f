package dev.freshet.refresh.maintain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.catalog.database.Session;
import dev.freshet.refresh.algebra.RelationName;
import dev.freshet.refresh.capture.CaptureInstaller;
import dev.freshet.refresh.capture.CaptureOutcome;
import dev.freshet.refresh.capture.CaptureSettings;
import dev.freshet.refresh.capture.ChangeBuffer;
import dev.freshet.refresh.capture.ChangeBuffers;
import dev.freshet.refresh.capture.PendingChanges;
import dev.freshet.refresh.capture.Reader;
import io.vertx.sqlclient.Row;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** A stream table that a test refreshes by hand, by the statements of its plan. */
public final class MaintainedQuery {

  private static final int LOCK_CLASS = 1718775923;

  private final Session service;
  private final long pgtId;
  final MaintenancePlan plan;
  private String verified = "";

  private MaintainedQuery(Session service, long pgtId, MaintenancePlan plan) {
    this.service = service;
    this.pgtId = pgtId;
    this.plan = plan;
  }

  /** Creates and fills it. */
  public static MaintainedQuery create(
      EngineDatabase database, EngineDatabase.UserSession user, String name, String query)
      throws SQLException {
    String created =
        user.value(
            "SELECT freshet.create_stream_table('%s', $query$%s$query$)::oid"
                .formatted(name, query));
    Session service = database.service;
    long pgtId =
        service
            .query("SELECT pgt_id FROM freshet.definition WHERE relid = " + created)
            .iterator()
            .next()
            .getLong(0);
    MaintenancePlan plan = database.planner.plan(service, pgtId).orElseThrow();
    for (SourceUse source : plan.sources()) {
      if (source.captured()) {
        CaptureOutcome outcome =
            new CaptureInstaller(CaptureSettings.defaults())
                .ensure(service, source.relid(), withCaptured(service, source));
        assertThat(outcome)
            .isInstanceOfAny(CaptureOutcome.Installed.class, CaptureOutcome.AlreadyThere.class);
      }
    }
    MaintainedQuery maintained = new MaintainedQuery(service, pgtId, plan);
    maintained.locked(() -> {
      service.query("BEGIN ISOLATION LEVEL REPEATABLE READ");
      plan.setUp().forEach(service::query);
      plan.populate().forEach(service::query);
      maintained.moveFrontier();
      service.query("COMMIT");
    });
    return maintained;
  }

  /** With what others read of it: the service asks for what all readers of a source need. */
  private static Set<Integer> withCaptured(Session service, SourceUse source) {
    Set<Integer> attnums = new TreeSet<>(source.attnums());
    for (Row row :
        service.query(
            "SELECT (c ->> 'attnum')::int FROM freshet.capture, jsonb_array_elements(columns) c WHERE source_relid = "
                + source.relid())) {
      attnums.add(row.getInteger(0));
    }
    return attnums;
  }

  private void locked(Runnable work) {
    service.query("SELECT pg_advisory_lock(%d, %d)".formatted(LOCK_CLASS, pgtId));
    try {
      work.run();
    } catch (RuntimeException failed) {
      service.query("ROLLBACK");
      throw failed;
    } finally {
      service.query("SELECT pg_advisory_unlock(%d, %d)".formatted(LOCK_CLASS, pgtId));
    }
  }

  private void moveFrontier() {
    service.query(
        "UPDATE freshet.frontier SET as_of = pg_current_snapshot(), own_xid = pg_current_xact_id(), read_at = now() WHERE pgt_id = "
            + pgtId);
    Row row = service.query(plan.verify()).iterator().next();
    verified = row.getLong(0) + " missing, " + row.getLong(1) + " unexpected";
  }

  /** Refreshes by deltas where the plan can, and says what it did. */
  public String refresh() {
    String[] action = new String[1];
    locked(() -> {
      service.query("BEGIN ISOLATION LEVEL REPEATABLE READ");
      action[0] = apply();
      moveFrontier();
      service.query("COMMIT");
    });
    return action[0];
  }

  private String apply() {
    if (plan.maintainability() instanceof Maintainability.FullOnly) {
      plan.recompute().forEach(service::query);
      return "FULL";
    }
    Row frontier =
        service
            .query(
                "SELECT as_of::text, own_xid::text FROM freshet.frontier WHERE pgt_id = " + pgtId)
            .iterator()
            .next();
    List<Reader> readers = new ArrayList<>();
    for (SourceUse source : plan.sources()) {
      readers.add(new Reader(source.relid(), frontier.getString(0), frontier.getString(1)));
    }
    Map<Long, SourceChanges> changed = new HashMap<>();
    boolean deletions = false;
    for (PendingChanges pending : ChangeBuffers.pending(service, readers)) {
      if (!pending.known()) {
        plan.recompute().forEach(service::query);
        return "FULL";
      }
      SourceUse source = plan.sources().get(pending.reader());
      deletions |= pending.deletions();
      changed.put(source.relid(), new SourceChanges(buffersOf(source), pending.changes()));
    }
    if (changed.isEmpty() && !plan.changesByItself()) {
      return "NO_DATA";
    }
    for (DeltaStatement statement : plan.differential(changed, !deletions)) {
      if (statement.readsFrontier()) {
        service.execute(statement.sql(), frontier.getString(0), frontier.getString(1));
      } else {
        service.query(statement.sql());
      }
    }
    return "DIFFERENTIAL";
  }

  private List<RelationName> buffersOf(SourceUse source) {
    return ChangeBuffers.of(service, source.relid(), source.attnums()).stream()
        .map((ChangeBuffer buffer) -> new RelationName(buffer.schema(), buffer.name()))
        .toList();
  }

  /** Whether the plan has a delta rule for everything. */
  public boolean isDifferential() {
    return plan.maintainability() instanceof Maintainability.Differential;
  }

  /** Why only FULL maintains it; empty where it is maintained by deltas. */
  public String reasonCode() {
    return switch (plan.maintainability()) {
      case Maintainability.Differential _ -> "";
      case Maintainability.FullOnly full -> full.code();
    };
  }

  /** What explain_delta shows of the plan. */
  public String report() {
    return plan.report();
  }

  /** Missing and unexpected rows, as of the last refresh: a query may ask for the time. */
  public String verify() {
    return verified;
  }

  /** FULL whatever the plan could do. */
  public void recompute() {
    locked(() -> {
      service.query("BEGIN ISOLATION LEVEL REPEATABLE READ");
      plan.recompute().forEach(service::query);
      moveFrontier();
      service.query("COMMIT");
    });
  }
}
