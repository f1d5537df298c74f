package dev.freshet.app.bench;

import dev.freshet.catalog.database.Database;
import dev.freshet.catalog.database.Session;
import dev.freshet.catalog.event.refresh.ComponentRefreshed;
import dev.freshet.catalog.event.refresh.MemberOutcome;
import dev.freshet.catalog.event.refresh.WorkOutcome;
import dev.freshet.catalog.event.scheduler.HousekeepingRequested;
import dev.freshet.catalog.event.scheduler.InitiatedBy;
import dev.freshet.catalog.event.scheduler.PreparationRequested;
import dev.freshet.catalog.event.scheduler.RefreshRequested;
import dev.freshet.catalog.event.scheduler.RequestedMember;
import dev.freshet.catalog.graph.Staleness;
import dev.freshet.refresh.capture.CaptureSettings;
import dev.freshet.refresh.channel.RefreshService;
import dev.freshet.refresh.channel.Surroundings;
import dev.freshet.refresh.worker.WorkerSettings;
import io.vertx.sqlclient.Row;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The service's own worker, asked by the benchmark instead of by a scheduler. */
final class DrivenWorker implements Staleness, AutoCloseable {

  private static final String CREATED =
      """
      SELECT d.pgt_id, f.epoch FROM freshet.definition AS d JOIN freshet.frontier AS f USING (pgt_id)
      WHERE d.pgt_schema = $1 AND d.pgt_name = $2\
      """;

  private final RefreshService service;
  private long tickId;

  DrivenWorker(Database database) {
    service = serviceOn(database);
  }

  /** The service's refreshes, with the settings that it has by default. */
  static RefreshService serviceOn(Database database) {
    return new RefreshService(
        database,
        WorkerSettings.defaults(),
        CaptureSettings.defaults(),
        Surroundings.NONE,
        "bench");
  }

  /** Creates a stream table and fills it; returns its id. */
  long create(Session session, String name, String query) {
    return create(session, name, query, "1s", "AUTO");
  }

  /** The same of one that is only refreshed when that is requested. */
  long create(Session session, String name, String query, String mode) {
    return create(session, name, query, "1d", mode);
  }

  /** The same on a schedule. */
  long create(Session session, String name, String query, String schedule, String mode) {
    session.execute(
        "SELECT freshet.create_stream_table($1, $2, schedule => $3, refresh_mode => $4)",
        BenchTables.SCHEMA + "." + name,
        query,
        schedule,
        mode);
    Row created = session.execute(CREATED, BenchTables.SCHEMA, name).iterator().next();
    long pgtId = created.getLong("pgt_id");
    service.run(new PreparationRequested(pgtId, created.getLong("epoch")));
    refresh(pgtId, "initial", InitiatedBy.INITIAL);
    return pgtId;
  }

  /** Refreshes a stream table of which a source has changed. */
  void refresh(long pgtId) {
    refresh(pgtId, "schedule", InitiatedBy.SCHEDULER);
  }

  private void refresh(long pgtId, String reason, InitiatedBy initiatedBy) {
    RequestedMember member =
        new RequestedMember(
            pgtId, reason, initiatedBy, List.of(), Optional.empty(), Optional.empty());
    WorkOutcome outcome = service.run(new RefreshRequested(++tickId, List.of(member)));
    if (!(outcome instanceof ComponentRefreshed(_, List<MemberOutcome> members))
        || !members.equals(List.of(new MemberOutcome.Refreshed(pgtId)))) {
      throw new IllegalStateException("the benchmark's stream table was not refreshed: " + outcome);
    }
  }

  /** Empties buffers, as the service does once a second. */
  void keepHouse() {
    service.run(new HousekeepingRequested(++tickId));
  }

  @Override
  public Set<Long> among(Collection<Long> pgtIds) {
    return service.among(pgtIds);
  }

  @Override
  public void close() {
    service.close();
  }
}
