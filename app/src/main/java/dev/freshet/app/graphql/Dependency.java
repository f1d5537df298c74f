package dev.freshet.app.graphql;

import io.vertx.mutiny.sqlclient.Row;
import java.util.List;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.NonNull;
import org.jspecify.annotations.Nullable;

/** A row of {@code freshet.pgt_dependencies}. */
@Description("An edge of the graph: a stream table reads a source.")
public final class Dependency {

  private final Row row;

  Dependency(Row row) {
    this.row = row;
  }

  @Description("The stream table that reads.")
  public long getPgtId() {
    return row.getLong("pgt_id");
  }

  public @NonNull String getSourceName() {
    return row.getString("source_name");
  }

  @Description("The oid of the source.")
  public long getSourceRelid() {
    return row.getLong("source_relid_number");
  }

  @Description("TABLE, PARTITIONED_TABLE, STREAM_TABLE, MATVIEW or FOREIGN_TABLE.")
  public @NonNull String getSourceType() {
    return row.getString("source_type");
  }

  @Description("The numbers of the source's columns that the query uses, as in pg_attribute.")
  public @NonNull List<@NonNull Integer> getColumnsUsed() {
    return List.of(row.getArrayOfIntegers("columns_used"));
  }

  @Description("The source, if it is a stream table.")
  public @Nullable Long getSourcePgtId() {
    return row.getLong("source_pgt_id");
  }

  @Description("How its changes are captured: 'trigger', or 'none'.")
  public @NonNull String getCdcMode() {
    return row.getString("cdc_mode");
  }
}
