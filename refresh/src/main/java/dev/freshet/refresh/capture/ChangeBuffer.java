package dev.freshet.refresh.capture;

import static java.util.Objects.requireNonNull;

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

  /** The column that holds an attribute. */
  public static String column(int attnum) {
    return "c" + attnum;
  }
}
