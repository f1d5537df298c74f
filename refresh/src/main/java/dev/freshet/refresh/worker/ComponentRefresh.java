package dev.freshet.refresh.worker;

import static java.util.Objects.requireNonNull;

import dev.freshet.catalog.cost.CostForecast;
import dev.freshet.catalog.cost.RefreshCosts;
import dev.freshet.catalog.database.DatabaseException;
import dev.freshet.catalog.database.ErrorCategory;
import dev.freshet.catalog.database.Session;
import dev.freshet.catalog.event.refresh.MemberOutcome;
import dev.freshet.refresh.maintain.SourceChanges;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * One attempt to refresh the members of a component in one transaction at one snapshot.
 *
 * <p>Upstream first; a savepoint each, so that one that fails leaves the others alone, and its
 * consumers are skipped. A sole member needs no savepoint, and its COMMIT travels with its
 * statements: what completes it fails rather than let a COMMIT through that should not be.
 */
final class ComponentRefresh {

  private final Session session;
  private final MaintainedTables plans;
  private final WorkerSettings settings;
  private final Run run;
  private final List<Member> asked;
  private final Map<Long, GivenUp> whole;
  private final RefreshCosts costs;
  private final Map<Long, MemberOutcome> outcomes = new LinkedHashMap<>();
  private final Set<Long> idle = new HashSet<>();
  private final Set<Long> written = new HashSet<>();
  private final Set<Long> initialized = new HashSet<>();
  private Optional<Member> current = Optional.empty();
  private Optional<RunningDelta> delta = Optional.empty();
  private Optional<Commit> committing = Optional.empty();
  private Optional<OffsetDateTime> started = Optional.empty();

  /**
   * @param whole whose differences were given up: these are computed whole
   * @param costs what each is expected to cost
   */
  ComponentRefresh(
      Session session,
      MaintainedTables plans,
      WorkerSettings settings,
      Run run,
      List<Member> asked,
      Map<Long, GivenUp> whole,
      RefreshCosts costs) {
    this.session = session;
    this.plans = plans;
    this.settings = settings;
    this.run = run;
    this.asked = asked;
    this.whole = Map.copyOf(whole);
    this.costs = costs;
  }

  /** The member at which it stands, to be blamed if the transaction breaks. */
  Optional<Member> current() {
    return current;
  }

  /** The differences that it was computing when the transaction broke. */
  Optional<RunningDelta> delta() {
    return delta;
  }

  /** The COMMIT that is under way, to be asked about if the answer is lost. */
  Optional<Commit> committing() {
    return committing;
  }

  Optional<OffsetDateTime> started() {
    return started;
  }

  /** The stream tables that were filled for the first time. */
  Set<Long> initialized() {
    return initialized;
  }

  /** What came of each member so far; of all of them, once committed. */
  Map<Long, MemberOutcome> outcomes() {
    return outcomes;
  }

  /**
   * Runs it to the end of the transaction.
   *
   * @throws StalePlan if plans must be loaded first
   * @throws DatabaseException if the transaction broke
   */
  void run(TransactionEnd end) {
    if (end == TransactionEnd.COMMIT && asked.size() == 1 && runAsExpected(asked.getFirst())) {
      return;
    }
    List<Member> runnable = asked.stream().filter(member -> member.blockedBy().isEmpty()).toList();
    Snapshot snapshot = Snapshot.begin(session, runnable, plans);
    started = Optional.of(snapshot.started());
    new FittingPlans(session, plans).require(snapshot);
    OffsetDateTime from = snapshot.started();
    boolean sole = runnable.size() == 1 && asked.size() == 1 && end == TransactionEnd.COMMIT;
    for (Member member : asked) {
      Optional<MemberOutcome> obstacle = obstacle(member, snapshot);
      if (obstacle.isPresent()) {
        outcomes.put(member.pgtId(), obstacle.get());
        continue;
      }
      from = refresh(member, snapshot, from, sole);
    }
    current = Optional.empty();
    if (committing.isEmpty()) {
      finish(snapshot, end);
    }
  }

  /** True if that is all; false if it is to be looked at in the ordinary way. */
  private boolean runAsExpected(Member member) {
    Optional<ExpectedDelta> expected = plans.expected(member.pgtId());
    if (expected.isEmpty() || member.blockedBy().isPresent() || whole.containsKey(member.pgtId())) {
      return false;
    }
    CostForecast forecast = costs.of(member.pgtId());
    if (forecast.overrun().isPresent()) {
      return false;
    }
    SettledRefresh refresh = new SettledRefresh(session, run, settings);
    current = Optional.of(member);
    committing = Optional.of(new Commit.OfRefresh(member.pgtId()));
    OptionalDouble limitMs =
        RunningDelta.limitMs(
            expected.get().settled().table(),
            forecast,
            SettledRefresh.changesMax(expected.get()),
            settings.timeout());
    delta = Optional.of(RunningDelta.sent(member.pgtId(), limitMs));
    Optional<MemberOutcome> outcome = refresh.attempt(member, expected.get(), forecast, limitMs);
    delta = Optional.empty();
    committing = Optional.empty();
    current = Optional.empty();
    outcome.ifPresentOrElse(
        came -> outcomes.put(member.pgtId(), came), () -> plans.expectNothing(member.pgtId()));
    return outcome.isPresent();
  }

  private Optional<MemberOutcome> obstacle(Member member, Snapshot snapshot) {
    long pgtId = member.pgtId();
    if (member.blockedBy().isPresent()) {
      return Optional.of(skip(member, member.blockedBy().get()));
    }
    if (!snapshot.locked().contains(pgtId)) {
      return Optional.of(
          new MemberOutcome.Postponed(pgtId, "a command or another refresh holds it"));
    }
    MemberRow row = snapshot.members().get(pgtId);
    if (row == null) {
      return Optional.of(new MemberOutcome.Postponed(pgtId, "its rows in the catalog are locked"));
    }
    if (!row.compiled()) {
      return Optional.of(new MemberOutcome.Unprepared(pgtId));
    }
    for (long upstream : member.upstreams()) {
      switch (outcomes.get(upstream)) {
        case MemberOutcome.Failed _ -> {
          return Optional.of(skip(member, "upstream_error"));
        }
        case MemberOutcome.Skipped(_, String reason) -> {
          return Optional.of(skip(member, reason));
        }
        case MemberOutcome.Postponed _, MemberOutcome.Unprepared _ -> {
          return Optional.of(new MemberOutcome.Postponed(pgtId, "its upstream was postponed"));
        }
        case MemberOutcome.Refreshed _, MemberOutcome.NothingToDo _ -> {}
        case null -> {}
      }
    }
    return Optional.empty();
  }

  private MemberOutcome skip(Member member, String reason) {
    current = Optional.of(member);
    session.execute(
        "SELECT freshet.skip_refresh($1, $2::text::jsonb)",
        member.pgtId(),
        run.of(member, reason).encode());
    return new MemberOutcome.Skipped(member.pgtId(), reason);
  }

  /** Returns when it ended, which is when the next begins. */
  private OffsetDateTime refresh(
      Member member, Snapshot snapshot, OffsetDateTime from, boolean sole) {
    current = Optional.of(member);
    long pgtId = member.pgtId();
    MemberRow row = Optional.ofNullable(snapshot.members().get(pgtId)).orElseThrow();
    MaintainedTable table = snapshot.known().table(pgtId).orElseThrow();
    List<SourceRow> sources = sources(member, row, snapshot);
    CostForecast forecast = costs.of(pgtId);
    Choice choice =
        new ModeDecider(settings.fullThreshold())
            .decide(table, row, sources, member.reason(), forecast);
    MemberRefresh.Task task =
        new MemberRefresh.Task(
            member,
            table,
            row,
            sources,
            choice,
            Map.of(),
            snapshot.known().isSettled(pgtId),
            forecast,
            Optional.empty(),
            from);
    switch (choice) {
      case Choice.NothingNew() -> {
        idle.add(pgtId);
        outcomes.put(pgtId, new MemberOutcome.NothingToDo(pgtId));
        return from;
      }
      case Choice.Prepare(String fullReason) -> {
        prepare(pgtId, fullReason);
        return from;
      }
      case Choice.Differential _ when whole.containsKey(pgtId) -> {
        return run(task.whole(requireNonNull(whole.get(pgtId)), from), snapshot, sole);
      }
      case Choice.Differential _ -> {
        Optional<Map<Long, SourceChanges>> changes =
            new BuffersToRead(session, plans).of(table, sources);
        if (changes.isEmpty()) {
          prepare(pgtId, "capture_changed");
          return from;
        }
        return run(task.reading(changes.get()), snapshot, sole);
      }
      case Choice.Full _ -> {
        return run(task, snapshot, sole);
      }
    }
  }

  private void prepare(long pgtId, String fullReason) {
    session.execute("SELECT freshet.require_preparation($1, $2)", pgtId, fullReason);
    outcomes.put(pgtId, new MemberOutcome.Unprepared(pgtId));
  }

  private OffsetDateTime run(MemberRefresh.Task task, Snapshot snapshot, boolean sole) {
    return sole ? runSole(task, snapshot) : runInSavepoint(task);
  }

  /** What the member has to read; anew if this transaction has written to what it reads. */
  private List<SourceRow> sources(Member member, MemberRow row, Snapshot snapshot) {
    if (row.asOf().isEmpty() || member.upstreams().stream().noneMatch(written::contains)) {
      return snapshot.sourcesOf(member.pgtId());
    }
    Settled settled = snapshot.known().settled().get(member.pgtId());
    if (settled != null) {
      return settled.read(Session.join(settled.send(session)));
    }
    List<SourceRow> sources = new ArrayList<>();
    for (Row read : session.execute(SourceRow.READ, (Object) new Long[] {member.pgtId()})) {
      sources.add(SourceRow.of(read));
    }
    return sources;
  }

  private OffsetDateTime runSole(MemberRefresh.Task task, Snapshot snapshot) {
    MemberRefresh.Sent sent = send(task);
    Optional<Future<RowSet<Row>>> ended = endAppendOnly(task);
    Future<RowSet<Row>> committed = session.sendQuery("COMMIT");
    committing = Optional.of(new Commit.OfTransaction(snapshot.xid()));
    MemberRefresh.Done done = sent.join();
    ended.ifPresent(Session::join);
    Session.join(committed);
    delta = Optional.empty();
    note(task, done);
    Optional.ofNullable(snapshot.known().settled().get(task.row().pgtId()))
        .flatMap(settled -> ExpectedDelta.of(settled, task))
        .ifPresent(plans::expect);
    return done.ended();
  }

  private OffsetDateTime runInSavepoint(MemberRefresh.Task task) {
    session.sendQuery("SAVEPOINT member");
    MemberRefresh.Sent sent = send(task);
    Optional<Future<RowSet<Row>>> ended = endAppendOnly(task);
    try {
      MemberRefresh.Done done = sent.join();
      ended.ifPresent(Session::join);
      session.sendQuery("RELEASE SAVEPOINT member");
      delta = Optional.empty();
      note(task, done);
      return done.ended();
    } catch (DatabaseException failed) {
      Optional<GivenUp> givenUp = delta.flatMap(running -> running.givenUp(failed));
      delta = Optional.empty();
      if (givenUp.isEmpty()
          && failed.category() != ErrorCategory.STATEMENT
          && failed.category() != ErrorCategory.RESOURCES) {
        throw failed;
      }
      session.query("ROLLBACK TO SAVEPOINT member");
      if (givenUp.isPresent()) {
        Row now = session.query("SELECT clock_timestamp() AS now").iterator().next();
        return runInSavepoint(task.whole(givenUp.get(), now.getOffsetDateTime("now")));
      }
      outcomes.put(
          task.row().pgtId(),
          new FailureLog(settings, run)
              .record(session, task.member(), task.started(), FailureLog.Cause.of(failed)));
      return task.started();
    }
  }

  private MemberRefresh.Sent send(MemberRefresh.Task task) {
    OptionalDouble limitMs = OptionalDouble.empty();
    if (task.choice() instanceof Choice.Differential(_, long rows, _)) {
      limitMs = RunningDelta.limitMs(task.table(), task.forecast(), rows, settings.timeout());
      delta = Optional.of(RunningDelta.sent(task.row().pgtId(), limitMs));
    }
    return new MemberRefresh(session, run, settings.timeout()).send(task, limitMs);
  }

  private Optional<Future<RowSet<Row>>> endAppendOnly(MemberRefresh.Task task) {
    boolean broken =
        task.table().appendOnly()
            && task.sources().stream().anyMatch(source -> source.pending().deletions());
    return broken
        ? Optional.of(session.send("SELECT freshet.end_append_only($1)", task.row().pgtId()))
        : Optional.empty();
  }

  private void note(MemberRefresh.Task task, MemberRefresh.Done done) {
    long pgtId = task.row().pgtId();
    if (done.changed() > 0) {
      written.add(pgtId);
    }
    if (task.choice() instanceof Choice.Full(_, _, _, boolean intoEmpty) && intoEmpty) {
      initialized.add(pgtId);
    }
    outcomes.put(pgtId, new MemberOutcome.Refreshed(pgtId));
  }

  private void finish(Snapshot snapshot, TransactionEnd end) {
    if (!idle.isEmpty()) {
      // Somebody may wait for these to reach this snapshot, which is worth a row version each.
      session.send(
          """
          UPDATE freshet.frontier SET as_of = pg_current_snapshot(), read_at = transaction_timestamp()
          WHERE pgt_id = ANY ($1)\
          """,
          (Object) idle.toArray(Long[]::new));
    }
    if (end == TransactionEnd.COMMIT) {
      Future<RowSet<Row>> committed = session.sendQuery("COMMIT");
      committing = Optional.of(new Commit.OfTransaction(snapshot.xid()));
      Session.join(committed);
    }
  }
}
