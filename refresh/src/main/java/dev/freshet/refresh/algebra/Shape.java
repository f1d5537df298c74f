package dev.freshet.refresh.algebra;

import static java.util.Objects.requireNonNull;

import dev.freshet.refresh.sql.Expression;
import dev.freshet.refresh.sql.Query;
import dev.freshet.refresh.sql.Select;
import dev.freshet.refresh.sql.Target;
import java.util.List;

/** How a stage follows from what it reads, and so which rule maintains it. */
public sealed interface Shape {

  /**
   * Filters, projections, inner joins and UNION ALL over its sources: the delta of the query is the
   * change.
   */
  record Linear(Query query) implements Shape {
    public Linear {
      requireNonNull(query);
    }
  }

  /**
   * Groups whose aggregates follow from their old values and the changes.
   *
   * @param input the grouped rows: targets are the keys, then the arguments of the pieces, in order
   * @param keys columns of the stage, first targets of the input
   * @param pieces the running aggregates; one of them counts rows
   * @param global whether there is one group, present even when it is empty
   */
  record RunningGroups(Select input, List<Column> keys, List<Piece> pieces, boolean global)
      implements Shape {
    public RunningGroups {
      requireNonNull(input);
      keys = List.copyOf(keys);
      pieces = List.copyOf(pieces);
      if (pieces.stream().noneMatch(piece -> piece.kind() == Piece.Kind.ROWS)) {
        throw new IllegalArgumentException("running groups need their count of rows");
      }
    }

    /** What the rows are grouped by. */
    public List<Expression> groupedBy() {
      return input.targets().subList(0, keys.size()).stream().map(Target::expression).toList();
    }

    /** The column that counts the rows of a group. */
    public String rowCount() {
      return pieces.stream()
          .filter(piece -> piece.kind() == Piece.Kind.ROWS)
          .findFirst()
          .orElseThrow()
          .column();
    }
  }

  /**
   * Groups that are computed anew when one of their rows changed.
   *
   * @param query the aggregation; its targets are the columns of the stage
   * @param keys expressions of GROUP BY
   * @param keyColumns the columns of the stage that show them, in the same order
   */
  record RecomputedGroups(Select query, List<Expression> keys, List<Column> keyColumns)
      implements Shape {
    public RecomputedGroups {
      requireNonNull(query);
      keys = List.copyOf(keys);
      keyColumns = List.copyOf(keyColumns);
      if (keys.size() != keyColumns.size()) {
        throw new IllegalArgumentException("a group key without its column");
      }
    }
  }

  /**
   * WITH RECURSIVE: the rows of a base, and whatever a step makes of rows that are there, in the
   * end all of it.
   *
   * @param base a linear query of the first rows, under the names of the stage's columns
   * @param step a linear query that reads the stage's own table in one place, likewise
   * @param distinct whether equal rows are one (UNION); else each way to come to a row counts
   */
  record Recursion(Query base, Select step, boolean distinct) implements Shape {
    public Recursion {
      requireNonNull(base);
      requireNonNull(step);
    }
  }

  /**
   * Rows that depend on other rows of their partition: window functions, DISTINCT ON, LIMIT,
   * INTERSECT and EXCEPT. Partitions of which a row changed are computed anew.
   *
   * @param touching a linear query of the keys {@code k1, k2, …} of all rows: its delta tells which
   *     partitions a change touches; without keys there is one partition
   * @param keyColumns the columns of the stage that show the keys, in the same order
   * @param restricted the stage's query over the partitions in the common table expression {@link
   *     #TOUCHED} alone, whose columns are named as the keys
   */
  record RecomputedPartitions(Query touching, List<Column> keyColumns, Query restricted)
      implements Shape {

    /** The common table expression that {@code restricted} reads. */
    public static final String TOUCHED = "touched";

    public RecomputedPartitions {
      requireNonNull(touching);
      requireNonNull(restricted);
      keyColumns = List.copyOf(keyColumns);
    }
  }
}
