package dev.freshet.refresh.worker;

import dev.freshet.catalog.database.Session;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The beginning of a refresh's transaction, in one round trip: locks, then the snapshot, then
 * everything that is asked of it.
 *
 * <p>The advisory locks come before the snapshot, or it could be older than the frontier that
 * another refresh leaves; the locks on the sources come before it, too, so that no source can be
 * rewritten or emptied under it. {@code LOCK TABLE} of a definition view locks whatever it reads.
 *
 * @param xid of the transaction
 * @param started the database's time
 * @param locked who could be locked against other refreshes and commands
 */
record Snapshot(
    String xid,
    OffsetDateTime started,
    Set<Long> locked,
    Map<Long, MemberRow> members,
    Map<Long, List<SourceRow>> sources) {

  private static final String TRY_LOCK =
      """
      SELECT pgt_id FROM unnest($1::bigint[]) AS asked (pgt_id)
      WHERE pg_try_advisory_lock(1718775923, pgt_id::int)\
      """;
  private static final String STAND =
      "SELECT pg_current_xact_id()::text AS xid, clock_timestamp() AS started";

  static Snapshot begin(Session session, List<Member> asked, MaintainedTables plans) {
    Long[] ids = asked.stream().map(Member::pgtId).toArray(Long[]::new);
    List<MaintainedTable> known = new ArrayList<>();
    String[] relations = new String[ids.length];
    for (int i = 0; i < ids.length; i++) {
      int place = i;
      relations[i] = "{}";
      plans
          .find(ids[i])
          .ifPresent(table -> {
            known.add(table);
            relations[place] = table.relations().toString().replace('[', '{').replace(']', '}');
          });
    }
    Future<RowSet<Row>> locked = session.send(TRY_LOCK, (Object) ids);
    Future<RowSet<Row>> begun = session.sendQuery(beginning(known));
    Future<RowSet<Row>> stand = session.send(STAND);
    Future<RowSet<Row>> members = session.send(MemberRow.READ, ids, relations);
    Future<RowSet<Row>> sources = session.send(SourceRow.READ, (Object) ids);
    Set<Long> lockedIds = new HashSet<>();
    Session.join(locked).forEach(row -> lockedIds.add(row.getLong("pgt_id")));
    Session.join(begun);
    Row here = Session.join(stand).iterator().next();
    Map<Long, MemberRow> memberRows = new HashMap<>();
    for (Row row : Session.join(members)) {
      MemberRow member = MemberRow.of(row);
      memberRows.put(member.pgtId(), member);
    }
    Map<Long, List<SourceRow>> sourceRows = new HashMap<>();
    for (Row row : Session.join(sources)) {
      SourceRow source = SourceRow.of(row);
      sourceRows.computeIfAbsent(source.pgtId(), ignored -> new ArrayList<>()).add(source);
    }
    return new Snapshot(
        here.getString("xid"),
        here.getOffsetDateTime("started"),
        lockedIds,
        memberRows,
        sourceRows);
  }

  private static String beginning(List<MaintainedTable> known) {
    String begin = "BEGIN ISOLATION LEVEL REPEATABLE READ";
    return known.isEmpty()
        ? begin
        : begin
            + known.stream()
                .map(MaintainedTable::view)
                .collect(Collectors.joining(", ", "; LOCK TABLE ", " IN ACCESS SHARE MODE"));
  }

  List<SourceRow> sourcesOf(long pgtId) {
    return sources.getOrDefault(pgtId, List.of());
  }
}
