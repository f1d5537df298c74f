package dev.freshet.refresh.worker;

import dev.freshet.catalog.database.DatabaseException;
import dev.freshet.catalog.database.ErrorCategory;
import dev.freshet.catalog.database.Session;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The beginning of a refresh's transaction: locks, then the snapshot, then everything that is asked
 * of it; in one round trip for those that are settled, in two for the others.
 *
 * <p>The advisory locks come before the snapshot, or it could be older than the frontier that
 * another refresh leaves; the locks on the sources come before it, too, so that no source can be
 * rewritten or emptied under it; and the lock on the stream table, so that nobody puts a trigger on
 * it that would run as the service. {@code LOCK TABLE} of a definition view locks whatever it
 * reads.
 *
 * @param xid of the transaction
 * @param started the database's time
 * @param locked who could be locked against other refreshes and commands
 * @param known the plans with which it began
 */
record Snapshot(
    String xid,
    OffsetDateTime started,
    Set<Long> locked,
    Map<Long, MemberRow> members,
    Map<Long, List<SourceRow>> sources,
    Known known) {

  private static final String TRY_LOCK =
      """
      SELECT pgt_id FROM unnest($1::bigint[]) AS asked (pgt_id)
      WHERE pg_try_advisory_lock(1718775923, pgt_id::int)\
      """;
  private static final String NAMES =
      """
      SELECT pgt_id, freshet.names_stamp(relations::oid[]) AS stamp
      FROM unnest($1::bigint[], $2::text[]) AS asked (pgt_id, relations)\
      """;

  /**
   * What was known of the stream tables when their locks were taken. A plan that came up since has
   * none of the locks that it needs.
   *
   * @param tables the plans by stream table, upstream first
   * @param names stamps of the names that they use, for those that are not settled
   * @param settled with whom nothing was amiss, and is not now
   */
  record Known(
      Map<Long, MaintainedTable> tables, Map<Long, String> names, Map<Long, Settled> settled) {

    Known(List<MaintainedTable> tables) {
      this(
          tables.stream()
              .collect(
                  Collectors.toMap(
                      MaintainedTable::pgtId,
                      table -> table,
                      (one, same) -> one,
                      LinkedHashMap::new)),
          new HashMap<>(),
          new HashMap<>());
    }

    Optional<MaintainedTable> table(long pgtId) {
      return Optional.ofNullable(tables.get(pgtId));
    }

    boolean isSettled(long pgtId) {
      return settled.containsKey(pgtId);
    }
  }

  /** What is on its way. */
  private record Sent(
      Future<RowSet<Row>> locked,
      Future<RowSet<Row>> begun,
      Future<RowSet<Row>> stand,
      Future<RowSet<Row>> members,
      Map<Settled, Future<RowSet<Row>>> pending) {}

  /**
   * Begins it.
   *
   * @throws StalePlan if a plan names what is not there any more
   */
  static Snapshot begin(Session session, List<Member> asked, MaintainedTables plans) {
    List<Long> ids = asked.stream().map(Member::pgtId).toList();
    Known known = new Known(ids.stream().map(plans::find).flatMap(Optional::stream).toList());
    Sent sent = send(session, ids, known, plans);
    Set<Long> locked = new HashSet<>();
    Session.join(sent.locked()).forEach(row -> locked.add(row.getLong("pgt_id")));
    try {
      Session.join(sent.begun());
      Row here = Session.join(sent.stand()).iterator().next();
      Map<Long, MemberRow> members = new HashMap<>();
      for (Row row : Session.join(sent.members())) {
        MemberRow member = MemberRow.of(row);
        members.put(member.pgtId(), member);
      }
      Snapshot snapshot =
          new Snapshot(
              here.getString("xid"),
              here.getOffsetDateTime("started"),
              locked,
              members,
              new HashMap<>(),
              known);
      snapshot.readSettled(sent.pending());
      snapshot.readOthers(session);
      return snapshot;
    } catch (DatabaseException failed) {
      if (failed.category() == ErrorCategory.STATEMENT && !known.tables().isEmpty()) {
        session.query("ROLLBACK");
        requireNames(session, List.copyOf(known.tables().values()), plans);
      }
      throw failed;
    }
  }

  private static Sent send(Session session, List<Long> ids, Known known, MaintainedTables plans) {
    Map<Long, MaintainedTable> tables = known.tables();
    Long[] numbers = ids.toArray(Long[]::new);
    String[] objects =
        ids.stream()
            .map(id -> tables.containsKey(id) ? array(tables.get(id).objects()) : "{}")
            .toArray(String[]::new);
    Future<RowSet<Row>> locked = session.send(TRY_LOCK, (Object) numbers);
    Future<RowSet<Row>> begun =
        session.sendQuery(beginning(tables.values()) + session.fence().sql());
    Future<RowSet<Row>> stand =
        session.send("SELECT pg_current_xact_id()::text AS xid, clock_timestamp() AS started");
    Future<RowSet<Row>> members = session.send(MemberRow.READ, numbers, objects);
    Map<Settled, Future<RowSet<Row>>> pending = new LinkedHashMap<>();
    tables.values().stream()
        .map(plans::settled)
        .flatMap(Optional::stream)
        .forEach(settled -> pending.put(settled, settled.send(session)));
    return new Sent(locked, begun, stand, members, pending);
  }

  /**
   * To be followed by the fence, which looks at the lease and so takes the snapshot.
   *
   * <p>Downstream first, and of each the view before the table: the order in which commands drop
   * them. In any other, a command and a refresh that wait for one another would be a deadlock.
   */
  static String beginning(Collection<MaintainedTable> known) {
    StringBuilder begin = new StringBuilder("BEGIN ISOLATION LEVEL REPEATABLE READ");
    for (MaintainedTable table : List.copyOf(known).reversed()) {
      begin
          .append("; LOCK TABLE ")
          .append(table.view())
          .append(" IN ACCESS SHARE MODE; LOCK TABLE ")
          .append(table.relation())
          .append(" IN ROW EXCLUSIVE MODE");
    }
    return begin.toString();
  }

  private void readSettled(Map<Settled, Future<RowSet<Row>>> pending) {
    pending.forEach((found, sent) -> {
      RowSet<Row> rows = Session.join(sent);
      long pgtId = found.table().pgtId();
      MemberRow row = members.get(pgtId);
      if (row != null
          && row.stamp().equals(found.stamp())
          && row.epoch() == found.table().epoch()) {
        known.settled().put(pgtId, found);
        sources.put(pgtId, found.read(rows));
      }
    });
  }

  /** Asks for everything, one by one. */
  private void readOthers(Session session) {
    Long[] others =
        members.keySet().stream().filter(id -> !known.isSettled(id)).toArray(Long[]::new);
    if (others.length == 0) {
      return;
    }
    List<MaintainedTable> looked =
        known.tables().values().stream().filter(table -> !known.isSettled(table.pgtId())).toList();
    Future<RowSet<Row>> stamps = sendNames(session, looked);
    Future<RowSet<Row>> read = session.send(SourceRow.READ, (Object) others);
    Session.join(stamps)
        .forEach(row -> known.names().put(row.getLong("pgt_id"), row.getString("stamp")));
    for (Row row : Session.join(read)) {
      SourceRow source = SourceRow.of(row);
      sources.computeIfAbsent(source.pgtId(), ignored -> new ArrayList<>()).add(source);
    }
  }

  private static Future<RowSet<Row>> sendNames(Session session, List<MaintainedTable> tables) {
    return session.send(
        NAMES,
        tables.stream().map(MaintainedTable::pgtId).toArray(Long[]::new),
        tables.stream().map(table -> array(table.relations())).toArray(String[]::new));
  }

  /** Plans are made for names; that one of them is gone is no failure of the stream table. */
  private static void requireNames(
      Session session, List<MaintainedTable> known, MaintainedTables plans) {
    Map<Long, String> now = new HashMap<>();
    for (Row row : Session.join(sendNames(session, known))) {
      now.put(row.getLong("pgt_id"), String.valueOf(row.getString("stamp")));
    }
    Set<Long> stale =
        known.stream()
            .filter(table ->
                plans.settled(table).isPresent() || !table.stamp().equals(now.get(table.pgtId())))
            .map(MaintainedTable::pgtId)
            .collect(Collectors.toSet());
    if (!stale.isEmpty()) {
      throw new StalePlan(stale);
    }
  }

  private static String array(List<Long> numbers) {
    return numbers.toString().replace('[', '{').replace(']', '}');
  }

  List<SourceRow> sourcesOf(long pgtId) {
    return sources.getOrDefault(pgtId, List.of());
  }
}
