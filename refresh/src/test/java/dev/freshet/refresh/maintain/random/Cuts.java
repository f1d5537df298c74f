package dev.freshet.refresh.maintain.random;

import dev.freshet.refresh.maintain.random.Relation.Block;
import dev.freshet.refresh.maintain.random.Relation.Clauses;
import dev.freshet.refresh.maintain.random.Relation.Common;
import dev.freshet.refresh.maintain.random.Relation.Lateral;
import dev.freshet.refresh.maintain.random.Relation.Named;
import dev.freshet.refresh.maintain.random.Relation.Recursion;
import dev.freshet.refresh.maintain.random.Relation.SetOf;
import dev.freshet.refresh.maintain.random.Relation.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Queries with one part less than a given one; the largest cuts come first, not all are valid. */
final class Cuts {

  private Cuts() {}

  static Stream<Relation> of(Relation relation) {
    return switch (relation) {
      case Named named -> named.view().stream();
      case Lateral _, Recursion _ -> Stream.empty();
      case Clauses clauses ->
          Stream.concat(Stream.of(clauses.inner()), of(clauses.inner()).map(clauses::over));
      case SetOf set ->
          all(
              List.of(
                  Stream.of(set.left(), set.right()),
                  of(set.left()).map(left -> new SetOf(set.operator(), left, set.right())),
                  of(set.right()).map(right -> new SetOf(set.operator(), set.left(), right))));
      case Common common ->
          all(
              List.of(
                  Stream.of(common.body(), common.main()),
                  of(common.body()).map(body -> new Common(common.name(), body, common.main())),
                  of(common.main()).map(main -> new Common(common.name(), common.body(), main))));
      case Block block ->
          all(
              List.of(
                  inner(block),
                  block.from().stream()
                      .filter(_ -> block.from().size() > 1)
                      .map(gone -> without(block, gone)),
                  fewer(block.where(), 0).map(block::where),
                  fewer(block.groupBy(), 0).map(block::groupBy),
                  fewer(block.having(), 0).map(block::having),
                  block.tail().isEmpty() ? Stream.empty() : Stream.of(block.tail("")),
                  fewer(block.shown(), 1).map(block::showing),
                  block.distinct() ? Stream.of(block.withDuplicates()) : Stream.empty(),
                  replaced(block, source -> of(source.relation()).map(source::with)),
                  replaced(block, source -> fewer(source.on(), 0).map(source::with))));
    };
  }

  private static Stream<Relation> all(List<Stream<? extends Relation>> cuts) {
    return cuts.stream().flatMap(part -> part);
  }

  /** What stands in FROM, alone. */
  private static Stream<Relation> inner(Block block) {
    return block.from().stream()
        .map(Source::relation)
        .filter(relation ->
            switch (relation) {
              case Named named -> named.view().isPresent();
              case Lateral _, Recursion _ -> false;
              case Block _, Clauses _, SetOf _, Common _ -> true;
            });
  }

  private static Block without(Block block, Source gone) {
    List<Source> sources = new ArrayList<>();
    List<String> where = new ArrayList<>(lacking(gone, block.where()));
    for (Source source : block.from()) {
      if (source.equals(gone)) {
        continue;
      }
      Source rest = source.with(source.using() ? source.on() : lacking(gone, source.on()));
      if (sources.isEmpty() && !rest.using()) {
        where.addAll(rest.on());
      }
      sources.add(
          sources.isEmpty()
              ? new Source(" ", rest.relation(), rest.alias(), List.of(), false)
              : rest);
    }
    return new Block(
        block.distinct(),
        block.shown().stream().filter(shown -> !gone.isIn(shown.expression())).toList(),
        sources,
        where,
        lacking(gone, block.groupBy()),
        lacking(gone, block.having()),
        gone.isIn(block.tail()) ? "" : block.tail());
  }

  private static List<String> lacking(Source source, List<String> expressions) {
    return expressions.stream().filter(expression -> !source.isIn(expression)).toList();
  }

  private static Stream<Relation> replaced(Block block, Function<Source, Stream<Source>> cuts) {
    return IntStream.range(0, block.from().size())
        .boxed()
        .flatMap(i ->
            cuts.apply(block.from().get(i))
                .map(cut -> {
                  List<Source> sources = new ArrayList<>(block.from());
                  sources.set(i, cut);
                  return block.from(sources);
                }));
  }

  /** The list without one of its elements each, if at least so many remain. */
  static <T> Stream<List<T>> fewer(List<T> all, int least) {
    return IntStream.range(0, all.size())
        .filter(_ -> all.size() > least)
        .mapToObj(gone -> {
          List<T> rest = new ArrayList<>(all);
          rest.remove(gone);
          return List.copyOf(rest);
        });
  }
}
