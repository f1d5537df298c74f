package dev.freshet.refresh.prepare;

import dev.freshet.catalog.database.Database;
import dev.freshet.catalog.database.DatabaseException;
import dev.freshet.catalog.database.ErrorCategory;
import dev.freshet.catalog.database.Session;
import dev.freshet.catalog.event.refresh.Prepared;
import dev.freshet.catalog.event.scheduler.PreparationRequested;
import dev.freshet.refresh.capture.CaptureInstaller;
import dev.freshet.refresh.capture.CaptureOutcome;
import dev.freshet.refresh.maintain.MaintenancePlan;
import dev.freshet.refresh.maintain.Planner;
import dev.freshet.refresh.maintain.SourceUse;
import dev.freshet.refresh.maintain.TableOfAnotherShape;
import dev.freshet.refresh.worker.FailedPreparation;
import dev.freshet.refresh.worker.FailureLog;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Prepares stream tables.
 *
 * <p>The order matters. Capture is installed and committed first; whoever was writing to a source
 * has ended by then, and the population takes its snapshot later, so that no change falls between
 * the two. The compilation is recorded last, in one transaction with the state's tables, and only
 * if no command has changed the definition meanwhile.
 */
public final class Preparer {

  private static final Logger LOG = Logger.getLogger(Preparer.class);

  private final Database database;
  private final Planner planner;
  private final CaptureInstaller installer;
  private final FailedPreparation failures;

  public Preparer(
      Database database, Planner planner, CaptureInstaller installer, FailedPreparation failures) {
    this.database = database;
    this.planner = planner;
    this.installer = installer;
    this.failures = failures;
  }

  /** Prepares a stream table; blocks until it is ready, or the log says why it is not. */
  public Prepared run(PreparationRequested request) {
    try (Session session = database.open("preparation")) {
      session.query("SET lock_timeout = '5s'; SET search_path = pg_catalog");
      prepare(session, request.pgtId());
    } catch (DatabaseException failed) {
      LOG.warnf("stream table %d could not be prepared: %s", request.pgtId(), failed.getMessage());
    }
    return new Prepared(request.pgtId());
  }

  private void prepare(Session session, long pgtId) {
    Optional<Definition> found = Definition.read(session, pgtId);
    if (found.isEmpty()) {
      return;
    }
    try {
      Definition definition = found.get();
      if (definition.lost()) {
        boolean back = session.fence().in(session, () -> isReadopted(session, pgtId));
        definition = Definition.read(session, pgtId).orElse(definition);
        if (!back) {
          new PreparationRecord(session).giveUp(definition);
          return;
        }
      }
      compile(session, definition);
    } catch (DatabaseException failed) {
      if (failed.category() == ErrorCategory.CONNECTION) {
        throw failed;
      }
      if (failed.category() == ErrorCategory.STATEMENT
          || failed.category() == ErrorCategory.RESOURCES) {
        failures.record(session, pgtId, FailureLog.Cause.of(failed));
      }
      // Somebody was in the way; the next tick asks again.
    } catch (TableOfAnotherShape altered) {
      failures.record(session, pgtId, FailureLog.Cause.of(altered));
    } catch (RuntimeException defect) {
      LOG.errorf(defect, "the preparation of stream table %d broke", pgtId);
      failures.record(session, pgtId, FailureLog.Cause.of(defect));
    }
  }

  private static boolean isReadopted(Session session, long pgtId) {
    return session
        .execute("SELECT freshet.readopt($1) AS back", pgtId)
        .iterator()
        .next()
        .getBoolean("back");
  }

  private void compile(Session session, Definition definition) {
    session.execute("SELECT freshet.require_permitted($1)", definition.pgtId());
    // Dropped meanwhile, it needs nothing any more.
    planner.plan(session, definition.pgtId()).ifPresent(plan -> compile(session, definition, plan));
  }

  private void compile(Session session, Definition definition, MaintenancePlan plan) {
    Map<Long, CaptureOutcome> captures = new HashMap<>();
    if (Compilation.wantsCapture(definition, plan)) {
      for (SourceUse source : inOrder(plan.sources())) {
        CaptureOutcome outcome = installer.ensure(session, source.relid(), source.attnums());
        if (outcome instanceof CaptureOutcome.Busy) {
          return;
        }
        captures.put(source.relid(), outcome);
      }
    }
    Compilation compilation = new Compilation(definition, plan, captures);
    PreparationRecord record = new PreparationRecord(session);
    if (definition.mode().equals("DIFFERENTIAL") && compilation.obstacle().isPresent()) {
      record.refuse(definition, compilation.event(), failures);
    } else {
      record.complete(definition, compilation.event(), plan);
      // Another preparation may have replaced the buffers meanwhile, without knowing what this one
      // needs. Now it is known.
      for (SourceUse source : inOrder(plan.sources())) {
        if (captures.containsKey(source.relid())) {
          installer.ensure(session, source.relid(), source.attnums());
        }
      }
    }
  }

  private static List<SourceUse> inOrder(List<SourceUse> sources) {
    return sources.stream()
        .filter(SourceUse::captured)
        .sorted(Comparator.comparing(SourceUse::relid))
        .toList();
  }
}
