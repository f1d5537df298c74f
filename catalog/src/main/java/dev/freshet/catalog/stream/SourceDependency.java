package dev.freshet.catalog.stream;

import io.quarkus.hibernate.reactive.panache.PanacheEntityBase;
import io.smallrye.mutiny.Uni;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.util.List;
import org.hibernate.annotations.Immutable;

/** A relation that a stream table reads: a row of {@code freshet.pgt_dependencies}. */
@Entity
@Immutable
@IdClass(SourceDependency.Edge.class)
@Table(schema = "freshet", name = "pgt_dependencies")
@NamedQuery(
    name = "SourceDependency.all",
    query = "FROM SourceDependency d ORDER BY d.pgtId, d.sourceRelid")
public class SourceDependency extends PanacheEntityBase {

  /** Reader and source, which identify an edge of the graph. */
  public record Edge(long pgtId, long sourceRelid) implements Serializable {}

  @Id
  @Column(name = "pgt_id")
  public long pgtId;

  /** The oid of the source. */
  @Id
  @Column(name = "source_relid_number")
  public long sourceRelid;

  @Column(name = "source_name")
  public String sourceName = "";

  @Column(name = "source_type")
  public String sourceType = "";

  /** Attribute numbers. */
  @Column(name = "columns_used")
  public Short[] columnsUsed = {};

  @Column(name = "cdc_mode")
  public String cdcMode = "";

  /** Every edge of the graph. */
  public static Uni<List<SourceDependency>> all() {
    return SourceDependency.<SourceDependency>find("#SourceDependency.all").list();
  }
}
