package dev.freshet.refresh.delta;

import dev.freshet.refresh.algebra.Column;
import dev.freshet.refresh.sql.Collate;
import dev.freshet.refresh.sql.Expression;
import dev.freshet.refresh.sql.Sql;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * When two rows are the same one, or the same group.
 *
 * <p>NULLs match each other. {@code IS NOT DISTINCT FROM} alone can neither be hashed nor looked
 * up, which was measured to cost hundreds of times more; so nullable columns are found by a hash
 * and then compared.
 */
final class RowMatch {

  private RowMatch() {}

  /** Conjuncts that match the key columns of two relations, which name them alike. */
  static List<Expression> on(List<Column> keys, String left, String right) {
    return on(
        keys,
        column -> Sql.column(left, column.name()),
        column -> Sql.column(right, column.name()));
  }

  /** Conjuncts that match key columns; none when there are no keys, which matches everything. */
  static List<Expression> on(
      List<Column> keys, Function<Column, Expression> left, Function<Column, Expression> right) {
    if (keys.stream().allMatch(Column::notNull)) {
      return keys.stream().map(key -> equal(key, left.apply(key), right.apply(key))).toList();
    }
    List<Expression> conjuncts = new ArrayList<>();
    if (keys.stream().allMatch(key -> key.type().isHashable())) {
      conjuncts.add(Sql.equal(hash(keys.stream().map(left)), hash(keys.stream().map(right))));
      keys.forEach(key -> conjuncts.add(Sql.isNotDistinctFrom(left.apply(key), right.apply(key))));
    } else {
      keys.forEach(key -> conjuncts.add(equalOrBothNull(key, left.apply(key), right.apply(key))));
    }
    return List.copyOf(conjuncts);
  }

  /**
   * Two values that are not both NULL. An operator is found by its name on the search path, where
   * those of extensions may be missing, or others than grouping uses be found; comparing records
   * uses the type's own.
   */
  static Expression equal(Column key, Expression left, Expression right) {
    return key.type().hasBuiltInEquality()
        ? Sql.equal(left, right)
        : Sql.call("record_eq", Sql.row(List.of(left)), Sql.row(List.of(right)));
  }

  private static Expression equalOrBothNull(Column key, Expression left, Expression right) {
    return key.type().hasBuiltInEquality()
        ? Sql.or(Sql.equal(left, right), Sql.and(absent(key, left), absent(key, right)))
        : equal(key, left, right);
  }

  /** That a value of the key is NULL itself, and not a composite of NULLs. */
  static Expression absent(Column key, Expression value) {
    return key.type().isComposite() ? Sql.isAbsent(value) : Sql.isNull(value);
  }

  /**
   * The text of a value, which shows all that tells it from others; a collation of the value's that
   * calls different strings equal must not decide about the text.
   */
  static Expression text(Expression value) {
    return new Collate(Sql.cast(value, "text"), List.of("pg_catalog", "C"));
  }

  /** {@code hash_record_extended(ROW(…), 0)}: finds candidates, never decides. */
  static Expression hash(Stream<Expression> values) {
    return Sql.call("hash_record_extended", Sql.row(values.toList()), Sql.integer(0));
  }

  /**
   * The hash of a whole row, over the columns that can be hashed; empty where there are none.
   *
   * @param value how a column is referred to
   */
  static Optional<Expression> rowHash(List<Column> columns, Function<Column, Expression> value) {
    List<Expression> hashed = new ArrayList<>();
    for (Column column : columns) {
      if (column.type().isHashable()) {
        hashed.add(value.apply(column));
      } else if (column.type().isHashableAsText()) {
        hashed.add(Sql.cast(value.apply(column), "text"));
      }
    }
    return hashed.isEmpty() ? Optional.empty() : Optional.of(hash(hashed.stream()));
  }

  /** Conjuncts under which two rows are the same bytes. */
  static List<Expression> sameRow(List<Column> columns, String left, String right) {
    List<Expression> conjuncts = new ArrayList<>();
    rowHash(columns, column -> Sql.column(left, column.name()))
        .ifPresent(hash ->
            conjuncts.add(
                Sql.equal(
                    hash,
                    rowHash(columns, column -> Sql.column(right, column.name())).orElseThrow())));
    conjuncts.add(sameImage(columns, left, right));
    return List.copyOf(conjuncts);
  }

  /** {@code record_image_eq(ROW(left.…), ROW(right.…))}. */
  static Expression sameImage(List<Column> columns, String left, String right) {
    return Sql.call("record_image_eq", row(columns, left), row(columns, right));
  }

  /** Whether two values are the same bytes. */
  static Expression sameImage(Expression left, Expression right) {
    return Sql.call("record_image_eq", Sql.row(List.of(left)), Sql.row(List.of(right)));
  }

  private static Expression row(List<Column> columns, String alias) {
    return Sql.row(columns.stream().map(column -> Sql.column(alias, column.name())).toList());
  }
}
