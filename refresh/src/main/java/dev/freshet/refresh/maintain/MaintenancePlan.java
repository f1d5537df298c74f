package dev.freshet.refresh.maintain;

import static java.util.Objects.requireNonNull;

import dev.freshet.refresh.algebra.RelationName;
import dev.freshet.refresh.algebra.Shape;
import dev.freshet.refresh.algebra.SourceTable;
import dev.freshet.refresh.algebra.Stage;
import dev.freshet.refresh.delta.FullDifference;
import dev.freshet.refresh.delta.StageDelta;
import dev.freshet.refresh.delta.Verification;
import dev.freshet.refresh.sql.Parameter;
import dev.freshet.refresh.sql.Query;
import dev.freshet.refresh.sql.SqlRenderer;
import dev.freshet.refresh.sql.Statement;
import dev.freshet.refresh.sql.Trees;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How one stream table is maintained. Immutable; its statements are texts that the worker runs in
 * order, each by itself.
 *
 * <p>Statements of {@link #differential} may have two parameters, {@code $1} the frontier's {@code
 * as_of} and {@code $2} its {@code own_xid} ({@code 0} if there is none), both as text; all others
 * have none.
 */
public final class MaintenancePlan {

  private static final int CACHED_FORMS_MAX = 64;
  private static final long ROWS_MAX_MIN = 10;

  /** Beyond this many changes planning costs less than a plan that was made for few. */
  private static final long PLANNED_ONCE_ROWS_MAX = 10_000;

  private final long pgtId;
  private final List<Stage> stages;
  private final List<SourceUse> sources;
  private final Map<Long, SourceTable> tables;
  private final Maintainability maintainability;
  private final Query definition;
  private final PlanTraits traits;
  private final Upkeep upkeep;
  private final Map<Form, List<DeltaStatement>> forms = new ConcurrentHashMap<>();

  /** What a plan is used for. */
  private enum Upkeep {
    /** Differences, and FULL now and then: inner relations are kept for the differences. */
    DIFFERENTIAL,
    /** FULL at every refresh: the query as it is written, and nothing kept. */
    FULL
  }

  /** What the statements depend on. */
  private record Form(Map<Long, Read> sources, boolean insertOnly) {}

  /** What is read of a source; the order of magnitude of the changes, and not their number. */
  private record Read(List<RelationName> buffers, OptionalLong rowsMax) {}

  MaintenancePlan(
      long pgtId,
      List<Stage> stages,
      List<SourceUse> sources,
      Map<Long, SourceTable> tables,
      Query definition,
      PlanTraits traits) {
    this(pgtId, stages, sources, tables, definition, traits, Upkeep.DIFFERENTIAL);
  }

  private MaintenancePlan(
      long pgtId,
      List<Stage> stages,
      List<SourceUse> sources,
      Map<Long, SourceTable> tables,
      Query definition,
      PlanTraits traits,
      Upkeep upkeep) {
    this.pgtId = pgtId;
    this.stages = List.copyOf(stages);
    this.sources = List.copyOf(sources);
    this.tables = Map.copyOf(tables);
    this.maintainability = traits.maintainability();
    this.definition = requireNonNull(definition);
    this.traits = traits;
    this.upkeep = upkeep;
  }

  /**
   * The same for FULL at every refresh: without inner relations, whose upkeep costs more than the
   * query.
   */
  public MaintenancePlan withoutDifferences() {
    return new MaintenancePlan(pgtId, stages, sources, tables, definition, traits, Upkeep.FULL);
  }

  public long pgtId() {
    return pgtId;
  }

  public List<SourceUse> sources() {
    return sources;
  }

  public Maintainability maintainability() {
    return maintainability;
  }

  /**
   * Whether the content may change although no captured source did, as time passes, say: then no
   * refresh may be left out.
   */
  public boolean changesByItself() {
    return traits.changesByItself() || sources.stream().anyMatch(source -> !source.captured());
  }

  /** The tables of the inner stages, which are in {@code freshet_state}. */
  public List<String> stageNames() {
    return inner().stream().map(stage -> stage.table().name()).toList();
  }

  /** What {@code explain_delta} shows, as JSON. */
  public String report() {
    return PlanReport.of(stages, tables.values(), maintainability, sampleDelta());
  }

  /**
   * Tables, keys and indexes; may be run again. To be run after the stream table's table exists.
   */
  public List<String> setUp() {
    List<String> statements = new ArrayList<>();
    List<Stage> inner = inner();
    statements.add(StageDrops.butFor(pgtId, inner));
    inner.forEach(stage -> statements.addAll(StageStorage.ofInner(stage)));
    statements.addAll(StageStorage.keyAndIndexes(streamTable()));
    return List.copyOf(statements);
  }

  /** Fills an empty stream table, and its stages whatever they hold. */
  public List<String> populate() {
    List<String> statements = new ArrayList<>();
    inner().forEach(stage -> statements.add(render("full", stage, FullDifference.of(stage))));
    statements.add(render("populate", recomputed(), FullDifference.intoEmpty(recomputed())));
    return List.copyOf(statements);
  }

  /** FULL, applied as the difference; right whatever the tables hold. */
  public List<String> recompute() {
    List<String> statements = new ArrayList<>(trimming());
    StageStorage.withoutTwins(streamTable()).ifPresent(statements::add);
    inner().forEach(stage -> statements.add(render("full", stage, FullDifference.of(stage))));
    statements.add(render("full", recomputed(), FullDifference.of(recomputed())));
    return List.copyOf(statements);
  }

  /**
   * Applies the changes of some sources.
   *
   * @param changed what to read, by source; the sources that changed and no others
   * @param insertOnly whether there are no deletions among the changes
   */
  public List<DeltaStatement> differential(Map<Long, SourceChanges> changed, boolean insertOnly) {
    // Where there are many, the size of the buffers tells the planner as much, and costs nothing.
    boolean few = isPlannedOnce(changed.values().stream().mapToLong(SourceChanges::rows).sum());
    Map<Long, Read> sources = new HashMap<>();
    changed.forEach((relid, changes) -> {
      OptionalLong rowsMax =
          few ? OptionalLong.of(magnitude(changes.rows())) : OptionalLong.empty();
      sources.put(relid, new Read(changes.buffers(), rowsMax));
    });
    return statements(sources, insertOnly);
  }

  /** Whether so many changes are few: a plan that was made once does for all refreshes of few. */
  public static boolean isPlannedOnce(long rows) {
    return rows <= PLANNED_ONCE_ROWS_MAX;
  }

  /** The power of ten that is not less, from 10: up to so many changes have the same statements. */
  public static long magnitude(long rows) {
    long magnitude = ROWS_MAX_MIN;
    while (magnitude < rows) {
      magnitude = Math.multiplyExact(magnitude, 10);
    }
    return magnitude;
  }

  private List<DeltaStatement> statements(Map<Long, Read> changed, boolean insertOnly) {
    boolean appends = insertOnly && !changesByItself() && isReadOnce(changed.keySet());
    Form form = new Form(Map.copyOf(changed), appends);
    if (forms.size() > CACHED_FORMS_MAX) {
      forms.clear();
    }
    return forms.computeIfAbsent(form, this::statementsOf);
  }

  private List<DeltaStatement> statementsOf(Form form) {
    BufferChanges changes = new BufferChanges(pgtId);
    form.sources()
        .forEach((relid, read) ->
            changes.add(table(relid), sourceOf(relid).attnums(), read.buffers(), read.rowsMax()));
    List<DeltaStatement> statements = new ArrayList<>();
    trimming().forEach(sql -> statements.add(new DeltaStatement(sql, false)));
    for (Stage stage : stages) {
      boolean last = stage.table().equals(streamTable().table());
      Optional<Statement> statement =
          StageDelta.of(stage, changes, form.insertOnly() && stages.size() == 1);
      statement.ifPresent(found -> {
        boolean readsFrontier = !Trees.expressions(found, Parameter.class).isEmpty();
        statements.add(new DeltaStatement(render("differential", stage, found), readsFrontier));
        if (!last) {
          changes.add(stage);
        }
      });
    }
    return List.copyOf(statements);
  }

  private SourceTable table(long relid) {
    return requireNonNull(
        tables.get(relid), () -> "no table " + relid + " in the plan of " + pgtId);
  }

  private SourceUse sourceOf(long relid) {
    return sources.stream()
        .filter(source -> source.relid() == relid)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no source " + relid + " of " + pgtId));
  }

  /**
   * Whether one source changed that the query reads in one place: then insertions make nothing
   * negative.
   */
  private boolean isReadOnce(Set<Long> changed) {
    if (changed.size() != 1 || !(streamTable().shape() instanceof Shape.Linear linear)) {
      return false;
    }
    SourceTable table = table(changed.iterator().next());
    return PlanReport.readings(linear.query(), table) == 1
        && !PlanReport.joinsOuter(linear.query());
  }

  private List<String> trimming() {
    return inner().stream()
        .map(stage ->
            "SELECT freshet.trim_stage(%s)"
                .formatted(StageStorage.literal(StageStorage.changesOf(stage.table()))))
        .toList();
  }

  /**
   * One row of two bigints, {@code missing} and {@code unexpected}: the stream table against its
   * query.
   */
  public String verify() {
    return SqlRenderer.render(
        Verification.of(
            streamTable(), definition, traits.approximateFloats(), traits.spelledByChance()));
  }

  List<String> sampleDelta() {
    if (maintainability instanceof Maintainability.FullOnly) {
      return recompute();
    }
    Map<Long, Read> all = new HashMap<>();
    for (SourceUse source : sources) {
      RelationName buffer = new RelationName("changes", table(source.relid()).name());
      all.put(source.relid(), new Read(List.of(buffer), OptionalLong.empty()));
    }
    return statements(all, false).stream().map(DeltaStatement::sql).toList();
  }

  Stage streamTable() {
    return stages.getLast();
  }

  private List<Stage> inner() {
    return switch (upkeep) {
      case DIFFERENTIAL -> stages.subList(0, stages.size() - 1);
      case FULL -> List.of();
    };
  }

  /** The stream table as FULL computes it. */
  private Stage recomputed() {
    Stage last = streamTable();
    return switch (upkeep) {
      case DIFFERENTIAL -> last;
      case FULL ->
          new Stage(
              last.table(), definition, last.shape(), last.identity(), last.columns(), Set.of());
    };
  }

  private String render(String what, Stage stage, Statement statement) {
    Set<RelationName> reads = stage.reads();
    return SqlRenderer.render(
        "freshet %s of %s.%s from %d relations"
            .formatted(what, stage.table().schema(), stage.table().name(), reads.size()),
        statement);
  }
}
