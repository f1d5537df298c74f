package dev.freshet.refresh.worker;

import dev.freshet.catalog.database.DatabaseException;
import dev.freshet.catalog.database.ErrorCategory;
import dev.freshet.catalog.database.Session;
import dev.freshet.refresh.maintain.TableOfAnotherShape;
import java.util.Set;
import org.jboss.logging.Logger;

/** Loads plans between two attempts, and marks what must be prepared instead. */
final class PlanLoading {

  private static final Logger LOG = Logger.getLogger(PlanLoading.class);

  private final Session session;
  private final MaintainedTables plans;

  PlanLoading(Session session, MaintainedTables plans) {
    this.session = session;
    this.plans = plans;
  }

  void load(Set<Long> pgtIds) {
    if (pgtIds.isEmpty()) {
      return;
    }
    session.execute("SELECT pg_advisory_unlock_all()");
    for (long pgtId : pgtIds) {
      switch (load(pgtId)) {
        case MaintainedTables.Loaded.Ready _, MaintainedTables.Loaded.Unprepared _ -> {}
        case MaintainedTables.Loaded.Redefined() ->
            session
                .fence()
                .in(
                    session,
                    () ->
                        session.execute(
                            "SELECT freshet.require_preparation($1, 'definition_changed')", pgtId));
      }
    }
  }

  private MaintainedTables.Loaded load(long pgtId) {
    try {
      return plans.load(session, pgtId);
    } catch (DatabaseException failed) {
      if (failed.category() != ErrorCategory.STATEMENT) {
        throw failed;
      }
      // A definition that could be planned once and cannot be now has changed; its preparation says
      // why.
      LOG.infof("stream table %d cannot be planned any more: %s", pgtId, failed.getMessage());
      return new MaintainedTables.Loaded.Redefined();
    } catch (TableOfAnotherShape altered) {
      return new MaintainedTables.Loaded.Redefined();
    }
  }
}
