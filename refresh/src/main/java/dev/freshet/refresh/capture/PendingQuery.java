package dev.freshet.refresh.capture;

import static java.util.Objects.requireNonNull;

import dev.freshet.refresh.algebra.RelationName;
import dev.freshet.refresh.sql.ArrayComparison;
import dev.freshet.refresh.sql.CallModifiers;
import dev.freshet.refresh.sql.Expression;
import dev.freshet.refresh.sql.FunctionCall;
import dev.freshet.refresh.sql.OperatorName;
import dev.freshet.refresh.sql.Quantifier;
import dev.freshet.refresh.sql.Query;
import dev.freshet.refresh.sql.Select;
import dev.freshet.refresh.sql.Sql;
import dev.freshet.refresh.sql.SqlRenderer;
import dev.freshet.refresh.sql.TypeName;
import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Asks what one reader has not read, where it is known which buffers that is in: a statement of its
 * own, whose plan is kept.
 *
 * <p>It has one parameter, the reader's {@code pgt_id}; its frontier is read in the same statement.
 * One row for each source. To be asked in the transaction that reads the changes.
 */
public final class PendingQuery {

  private static final FrontierColumns FRONTIER =
      new FrontierColumns(
          Sql.column("f", "as_of"),
          Sql.coalesce(Sql.column("f", "own_xid"), Sql.cast(Sql.text("0"), "xid8")),
          List.of(new RelationName("freshet", "frontier").as("f")),
          List.of(Sql.equal(Sql.column("f", "pgt_id"), Sql.parameter(1))));

  private PendingQuery() {}

  /**
   * Where a source's changes are.
   *
   * @param members itself, its partitions and children
   * @param buffer the only generation that there is
   */
  public record Captured(long relid, List<Long> members, ChangeBuffer buffer) {
    public Captured {
      members = List.copyOf(members);
      requireNonNull(buffer);
    }
  }

  /**
   * What has not been read of a source.
   *
   * @param tuples the source's size as PostgreSQL estimates it
   */
  public record Pending(PendingChanges changes, double tuples) {
    public Pending {
      requireNonNull(changes);
    }
  }

  /** The statement. */
  public static String of(List<Captured> sources) {
    return SqlRenderer.render(
        "freshet changes of %d sources".formatted(sources.size()),
        IntStream.range(0, sources.size())
            .<Query>mapToObj(place -> newOf(place, sources.get(place)))
            .reduce(Sql::unionAll)
            .orElseThrow());
  }

  /**
   * The statement that sums up another's rows, of {@link #of}: {@code places} of the sources that
   * have changed, {@code changes_of} each of them, {@code changes} in all, whether {@code
   * deletions} are among them, whether they are good for a FULL refresh only, and the {@code
   * tuples} of the sources that have changed.
   */
  public static String summary(String pending) {
    return """
    SELECT coalesce(array_agg(p.place ORDER BY p.place) FILTER (WHERE p.changes > 0), '{}') AS places,
           coalesce(array_agg(p.changes ORDER BY p.place) FILTER (WHERE p.changes > 0), '{}') AS changes_of,
           sum(p.changes)::bigint AS changes, bool_or(p.deletions) AS deletions,
           bool_or(p.truncated OR p.gap) AS full_only,
           coalesce(sum(greatest(p.tuples, 0)) FILTER (WHERE p.changes > 0), 0) AS tuples
    FROM (
    %s
    ) AS p\
    """
        .formatted(pending);
  }

  /** Reads a row of its result. */
  public static Pending read(Row row, List<Captured> sources) {
    int place = row.getInteger("place");
    return new Pending(
        new PendingChanges(
            place,
            row.getLong("changes") == 0
                ? Set.of()
                : Set.of(sources.get(place).buffer().generation()),
            row.getLong("changes"),
            row.getBoolean("deletions"),
            row.getBoolean("truncated"),
            row.getBoolean("gap")),
        row.getDouble("tuples"));
  }

  private static Select newOf(int place, Captured source) {
    return Select.builder()
        .target(Sql.integer(place), "place")
        .target(Sql.countAll(), "changes")
        .target(any(Sql.less(weight(), Sql.integer(0)), List.of()), "deletions")
        .target(any(Sql.or(noted("t"), isOfNone(source.members())), ofNoRow()), "truncated")
        .target(any(noted("g"), ofNoRow()), "gap")
        .target(Sql.cast(tuplesOf(source.relid()), "float8"), "tuples")
        .from(new RelationName(source.buffer().schema(), source.buffer().name()).as("b"))
        .where(ChangeBuffer.newTo("b", FRONTIER))
        .build();
  }

  private static Expression any(Expression condition, List<Expression> filter) {
    FunctionCall call =
        Sql.call("bool_or", condition)
            .withModifiers(new CallModifiers(false, List.of(), false, filter));
    return Sql.coalesce(call, Sql.falsehood());
  }

  /** Which changes can be other than those of a row: cheaper to ask than what they are. */
  private static List<Expression> ofNoRow() {
    return List.of(
        Sql.or(Sql.equal(weight(), Sql.integer(0)), Sql.isNotNull(Sql.column("b", "part"))));
  }

  private static Expression weight() {
    return Sql.column("b", "weight");
  }

  private static Expression noted(String note) {
    return Sql.equal(Sql.column("b", "note"), Sql.text(note));
  }

  /** A change of a row in a table that is not the source's any more, and took the row with it. */
  private static Expression isOfNone(List<Long> members) {
    String numbers =
        members.stream().map(String::valueOf).collect(Collectors.joining(",", "{", "}"));
    return new ArrayComparison(
        Sql.column("b", "part"),
        OperatorName.of("<>"),
        Quantifier.ALL,
        Sql.cast(Sql.text(numbers), TypeName.builtIn("oid").array()));
  }

  private static Expression tuplesOf(long relid) {
    return Sql.scalar(
        Select.builder()
            .target(Sql.column("c", "reltuples"))
            .from(new RelationName("pg_catalog", "pg_class").as("c"))
            .where(Sql.equal(Sql.column("c", "oid"), Sql.integer(relid)))
            .build());
  }
}
