package dev.freshet.refresh.capture;

import static java.util.Objects.requireNonNull;

import dev.freshet.refresh.sql.Expression;
import dev.freshet.refresh.sql.Sql;
import java.util.List;

/**
 * A generation of a source's buffers, as a relation to read: columns {@code xid xid8}, {@code
 * weight smallint}, {@code note "char"}, {@code part oid} and one for each attribute that can be
 * read, virtual generated ones included.
 *
 * <p>New to a reader are the rows with {@code NOT pg_visible_in_snapshot(xid, as_of) AND xid <>
 * own_xid}. Rows with a note carry weight 0 and no values.
 *
 * @param generation its number
 * @param schema the schema of the relation
 * @param name the name of the relation, which reads both buffers
 */
public record ChangeBuffer(int generation, String schema, String name) {

  public ChangeBuffer {
    requireNonNull(schema);
    requireNonNull(name);
  }

  /**
   * Which rows of a buffer are new to a reader.
   *
   * <p>Looking into a snapshot costs more per row than all the rest, and nearly all rows that are
   * new or old are so by their number alone: at or above its xmax, or below its xmin.
   *
   * @param buffer the alias of the buffer
   * @param frontier the reader's
   */
  public static List<Expression> newTo(String buffer, FrontierColumns frontier) {
    Expression xid = Sql.column(buffer, "xid");
    Expression seen = Sql.call("pg_visible_in_snapshot", xid, frontier.once(frontier.asOf()));
    return List.of(
        Sql.or(
            Sql.operation(xid, ">=", frontier.once(Sql.call("pg_snapshot_xmax", frontier.asOf()))),
            Sql.and(
                Sql.operation(
                    xid, ">=", frontier.once(Sql.call("pg_snapshot_xmin", frontier.asOf()))),
                Sql.not(seen))),
        Sql.notEqual(xid, frontier.once(frontier.ownXid())));
  }

  /** The column that holds an attribute. */
  public static String column(int attnum) {
    return "c" + attnum;
  }
}
