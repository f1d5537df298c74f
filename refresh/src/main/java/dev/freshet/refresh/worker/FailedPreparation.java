package dev.freshet.refresh.worker;

import dev.freshet.catalog.database.Session;
import dev.freshet.catalog.event.scheduler.InitiatedBy;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** Records that a stream table could not be prepared, as the failed refresh that it amounts to. */
public final class FailedPreparation {

  private static final String FEATURE_NOT_SUPPORTED = "0A000";

  private final WorkerSettings settings;
  private final Run run;

  public FailedPreparation(WorkerSettings settings, String worker) {
    this.settings = settings;
    this.run = new Run(0, worker);
  }

  /** It is tried again. */
  public void record(Session session, long pgtId, FailureLog.Cause why) {
    new FailureLog(settings, run).recordFenced(session, member(pgtId), now(), why);
  }

  /** It was demanded to be DIFFERENTIAL and cannot be; only a command can change that. */
  public void recordRefusal(Session session, long pgtId, String reason) {
    new FailureLog(settings, run)
        .recordForGood(
            session,
            member(pgtId),
            now(),
            new FailureLog.Cause(
                FEATURE_NOT_SUPPORTED,
                "refresh_mode DIFFERENTIAL is not possible: " + reason,
                Optional.of("Use refresh_mode AUTO, which takes FULL here, or another query.")));
  }

  private static Member member(long pgtId) {
    return new Member(
        pgtId,
        "definition_changed",
        InitiatedBy.SCHEDULER,
        List.of(),
        Optional.empty(),
        Optional.empty());
  }

  private static OffsetDateTime now() {
    return OffsetDateTime.now(ZoneOffset.UTC);
  }
}
