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
 * <p>New to a reader are the rows with {@code xid >= pg_snapshot_xmin(as_of) AND NOT
 * pg_visible_in_snapshot(xid, as_of) AND xid <> own_xid}. Rows with a note carry weight 0 and no
 * values.
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
   * @param buffer the alias of the buffer
   * @param asOf the reader's {@code pg_snapshot}
   * @param ownXid the {@code xid8} of the transaction that refreshed it last; 0 if there is none
   */
  public static List<Expression> newTo(String buffer, Expression asOf, Expression ownXid) {
    Expression xid = Sql.column(buffer, "xid");
    return List.of(
        Sql.operation(xid, ">=", Sql.call("pg_snapshot_xmin", asOf)),
        Sql.not(Sql.call("pg_visible_in_snapshot", xid, asOf)),
        Sql.notEqual(xid, ownXid));
  }

  /** The column that holds an attribute. */
  public static String column(int attnum) {
    return "c" + attnum;
  }
}
