package dev.freshet.refresh.worker;

import dev.freshet.catalog.database.Session;
import dev.freshet.refresh.algebra.RelationName;
import dev.freshet.refresh.capture.SourceShape;
import dev.freshet.refresh.maintain.MaintenancePlan;
import dev.freshet.refresh.maintain.Planner;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Plans that are ready to run. Made again when the epoch of the definition or a name that the plan
 * uses has changed; that is found out in the transaction that would run it.
 */
public final class MaintainedTables {

  private static final int ATTEMPTS_MAX = 5;

  private static final String FACTS =
      """
      SELECT d.relid::bigint AS relid, d.view_relid::regclass::text AS view, d.refresh_mode, d.append_only,
             d.settings::text AS settings, f.epoch, f.compiled_epoch, f.compiled_views,
             freshet.views_fingerprint(v.views) AS views_now, r.relations::bigint[] AS relations,
             o.objects::bigint[] AS objects, d.relid::regclass::text AS relation,
             freshet.names_stamp(r.relations) AS stamp,
             (SELECT coalesce(jsonb_object_agg(e.source_relid::bigint, freshet.source_shape(e.source_relid, e.columns_used)), '{}')::text
                FROM freshet.dependency e WHERE e.pgt_id = d.pgt_id) AS shapes
      FROM freshet.definition d
      JOIN freshet.frontier f USING (pgt_id)
      CROSS JOIN LATERAL (SELECT freshet.views_of(d.view_relid) AS views) v
      CROSS JOIN LATERAL (SELECT v.views || d.relid || ARRAY(
          SELECT e.source_relid FROM freshet.dependency e WHERE e.pgt_id = d.pgt_id
          UNION SELECT c.oid FROM pg_rewrite w
            JOIN pg_depend p ON p.classid = 'pg_rewrite'::regclass AND p.objid = w.oid AND p.refclassid = 'pg_class'::regclass
            JOIN pg_class c ON c.oid = p.refobjid AND c.relkind = 'c'
          WHERE w.ev_class = ANY (v.views)) AS relations) r
      CROSS JOIN LATERAL (SELECT r.relations || ARRAY(
          SELECT m.member FROM freshet.dependency e CROSS JOIN LATERAL freshet.capture_members(e.source_relid) m
          WHERE e.pgt_id = d.pgt_id AND m.member <> e.source_relid
          UNION SELECT c.relnamespace FROM pg_class c WHERE c.oid = ANY (r.relations)) AS objects) o
      WHERE d.pgt_id = $1 AND d.view_relid IS NOT NULL\
      """;

  private static final String STAGES =
      """
      SELECT coalesce(bool_and(EXISTS (SELECT FROM pg_class c WHERE c.relnamespace = 'freshet_state'::regnamespace
                                         AND c.relname = stage)), true) AS there
      FROM unnest($1::text[]) AS stage\
      """;

  private final Planner planner;
  private final Map<Long, MaintainedTable> tables = new ConcurrentHashMap<>();
  private final Map<Long, Settled> settled = new ConcurrentHashMap<>();
  private final Map<Long, ExpectedDelta> expected = new ConcurrentHashMap<>();
  private final Map<Reading, Map<Integer, RelationName>> buffers = new ConcurrentHashMap<>();

  /** What a stream table reads of a source, at one epoch. */
  private record Reading(long pgtId, long epoch, long relid) {}

  public MaintainedTables(Planner planner) {
    this.planner = planner;
  }

  Optional<MaintainedTable> find(long pgtId) {
    return Optional.ofNullable(tables.get(pgtId));
  }

  /** What was found when nothing was amiss with it, if that is so since its plan was made. */
  Optional<Settled> settled(MaintainedTable table) {
    return Optional.ofNullable(settled.get(table.pgtId()))
        .filter(found -> found.table().plan().equals(table.plan()));
  }

  void settle(Settled found) {
    settled.put(found.table().pgtId(), found);
  }

  /** What its next refresh is expected to be, if nothing has happened to it since the last one. */
  Optional<ExpectedDelta> expected(long pgtId) {
    return Optional.ofNullable(expected.get(pgtId))
        .filter(delta ->
            find(pgtId).flatMap(this::settled).filter(delta.settled()::equals).isPresent());
  }

  void expect(ExpectedDelta delta) {
    expected.put(delta.settled().table().pgtId(), delta);
  }

  void expectNothing(long pgtId) {
    expected.remove(pgtId);
  }

  void forget(long pgtId) {
    tables.remove(pgtId);
    settled.remove(pgtId);
    expected.remove(pgtId);
    buffers.keySet().removeIf(reading -> reading.pgtId() == pgtId);
  }

  /**
   * The buffers found so far to hold what a stream table reads of a source, by generation; may be
   * added to.
   */
  Map<Integer, RelationName> buffersOf(MaintainedTable table, long relid) {
    return buffers.computeIfAbsent(
        new Reading(table.pgtId(), table.epoch(), relid), ignored -> new ConcurrentHashMap<>());
  }

  /** What came of loading a plan. */
  sealed interface Loaded {
    /** It is ready. */
    record Ready(MaintainedTable table) implements Loaded {}

    /** The definition must be prepared first, or is gone. */
    record Unprepared() implements Loaded {}

    /**
     * A view was replaced that the definition reads, or what it reads was renamed: it means
     * something else now, or its inner relations have other names.
     */
    record Redefined() implements Loaded {}
  }

  /** Makes the plan of a prepared stream table. Not inside a transaction. */
  Loaded load(Session session, long pgtId) {
    forget(pgtId);
    for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
      Optional<Row> before = facts(session, pgtId);
      if (before.isEmpty() || !isPrepared(before.get())) {
        return new Loaded.Unprepared();
      }
      if (!before.get().getString("views_now").equals(before.get().getString("compiled_views"))) {
        return new Loaded.Redefined();
      }
      Optional<MaintenancePlan> plan = planner.plan(session, pgtId);
      if (plan.isEmpty()) {
        return new Loaded.Unprepared();
      }
      if (!hasItsStages(session, plan.get())) {
        return new Loaded.Redefined();
      }
      Optional<Row> after = facts(session, pgtId);
      if (after.isPresent() && isSame(before.get(), after.get())) {
        MaintainedTable table = table(after.get(), plan.get());
        tables.put(pgtId, table);
        return new Loaded.Ready(table);
      }
    }
    return new Loaded.Unprepared();
  }

  /** A stage is named after its query, in which a rename may have changed names. */
  private static boolean hasItsStages(Session session, MaintenancePlan plan) {
    return session
        .execute(STAGES, (Object) plan.stageNames().toArray(String[]::new))
        .iterator()
        .next()
        .getBoolean("there");
  }

  private static Optional<Row> facts(Session session, long pgtId) {
    for (Row row : session.execute(FACTS, pgtId)) {
      return Optional.of(row);
    }
    return Optional.empty();
  }

  private static boolean isPrepared(Row row) {
    return row.getLong("epoch").equals(row.getLong("compiled_epoch"));
  }

  private static boolean isSame(Row before, Row after) {
    return isPrepared(after)
        && before.getLong("epoch").equals(after.getLong("epoch"))
        && before.getString("stamp").equals(after.getString("stamp"))
        && before.getString("shapes").equals(after.getString("shapes"));
  }

  private static MaintainedTable table(Row row, MaintenancePlan plan) {
    return new MaintainedTable(
        row.getLong("epoch"),
        row.getLong("relid"),
        row.getString("relation"),
        row.getString("view"),
        MaintainedTable.Mode.valueOf(row.getString("refresh_mode")),
        row.getBoolean("append_only"),
        texts(row.getString("settings")),
        plan,
        List.copyOf(Arrays.asList(row.getArrayOfLongs("relations"))),
        List.copyOf(Arrays.asList(row.getArrayOfLongs("objects"))),
        row.getString("stamp"),
        shapes(row.getString("shapes")));
  }

  private static Map<Long, String> shapes(String json) {
    Map<Long, String> shapes = new HashMap<>();
    texts(json)
        .forEach((relid, shape) ->
            shapes.put(Long.valueOf(relid), SourceShape.parse(shape).definition()));
    return shapes;
  }

  private static Map<String, String> texts(String json) {
    Map<String, String> texts = new HashMap<>();
    new JsonObject(json)
        .forEach(entry -> texts.put(entry.getKey(), String.valueOf(entry.getValue())));
    return texts;
  }
}
