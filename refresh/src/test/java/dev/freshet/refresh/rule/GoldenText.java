package dev.freshet.refresh.rule;

import dev.freshet.refresh.algebra.NotDifferentiable;
import dev.freshet.refresh.algebra.SourceTable;
import dev.freshet.refresh.algebra.Stage;
import dev.freshet.refresh.delta.FullDifference;
import dev.freshet.refresh.delta.Verification;
import dev.freshet.refresh.sql.SqlRenderer;
import dev.freshet.refresh.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a golden file says: a text that is SQL throughout, with comments between. */
final class GoldenText {

  private final CompiledQuery compiled;
  private final StringBuilder text;

  private GoldenText(String query, CompiledQuery compiled) {
    this.compiled = compiled;
    this.text = new StringBuilder(definition(query, compiled.sources()));
  }

  /** The text of a query that has no delta. */
  static String of(String query, NotDifferentiable reason) {
    int position = reason.position().character();
    String place = position == 0 ? "" : " at character " + position;
    return definition(query, CompiledQuery.sourcesOf(query))
        + "\n-- Has no delta: %s%s\n--   %s\n".formatted(reason.code(), place, reason.getMessage())
        + (position == 0 ? "" : pointer(query, position));
  }

  /** The rest of the query's line from the position on. */
  private static String pointer(String query, int position) {
    String rest = query.substring(query.offsetByCodePoints(0, position - 1));
    return "--   here: %s\n".formatted(rest.lines().findFirst().orElse(""));
  }

  /** The text of a query that is maintained by deltas. */
  static String of(String query, CompiledQuery compiled, Set<Part> parts) {
    GoldenText golden = new GoldenText(query, compiled);
    golden.stages();
    if (parts.contains(Part.ALL_CHANGED)) {
      golden.statements(everything(compiled), compiled.differential(compiled.sources(), false));
    }
    if (parts.contains(Part.EACH_CHANGED) && compiled.sources().size() > 1) {
      compiled.sources().forEach(golden::changedAlone);
    }
    if (parts.contains(Part.INSERT_ONLY)) {
      golden.statements("rows were inserted", compiled.differential(compiled.sources(), true));
    }
    golden.whole(parts);
    return golden.text.toString();
  }

  private static String definition(String query, List<SourceTable> sources) {
    StringBuilder text = new StringBuilder("-- Sources\n");
    sources.forEach(source -> text.append(AlgebraText.of(source)));
    return text.append("\n-- Defining query\n").append(query).append(";\n").toString();
  }

  private static String everything(CompiledQuery compiled) {
    return compiled.sources().size() == 1
        ? nameOf(compiled.sources().getFirst()) + " changed"
        : "all sources changed";
  }

  private static String nameOf(SourceTable source) {
    return source.schema() + "." + source.name();
  }

  private void stages() {
    List<Stage> stages = compiled.stages();
    for (int i = 0; i < stages.size(); i++) {
      Stage stage = stages.get(i);
      heading(
          "Stage %d of %d: %s".formatted(i + 1, stages.size(), AlgebraText.name(stage.table())));
      text.append(AlgebraText.of(stage));
    }
  }

  private void heading(String heading) {
    text.append("\n-- ").append(heading).append('\n');
  }

  private void statements(String what, Map<Stage, Statement> statements) {
    compiled
        .stages()
        .forEach(stage -> {
          Statement statement = statements.get(stage);
          heading("Delta of %s when %s".formatted(AlgebraText.name(stage.table()), what));
          if (statement == null) {
            text.append("--   nothing to do\n");
          } else {
            sql(statement);
          }
        });
  }

  private void changedAlone(SourceTable source) {
    Map<Stage, Statement> all = compiled.differential(compiled.sources(), false);
    Map<Stage, Statement> alone = compiled.differential(List.of(source), false);
    if (!alone.equals(all)) {
      statements("%s alone changed".formatted(nameOf(source)), alone);
    }
  }

  private void whole(Set<Part> parts) {
    for (Stage stage : compiled.stages()) {
      if (parts.contains(Part.FULL)) {
        heading("FULL of " + AlgebraText.name(stage.table()));
        sql(FullDifference.of(stage));
      }
    }
    Stage last = compiled.stages().getLast();
    if (parts.contains(Part.POPULATION)) {
      heading("Population of " + AlgebraText.name(last.table()));
      sql(FullDifference.intoEmpty(last));
    }
    if (parts.contains(Part.VERIFICATION)) {
      heading("Verification");
      sql(Verification.of(last, compiled.query(), false, false));
    }
    if (parts.contains(Part.APPROXIMATE_VERIFICATION)) {
      heading("Verification where floats come out of aggregates");
      sql(Verification.of(last, compiled.query(), true, false));
    }
    if (parts.contains(Part.VERIFICATION_BY_VALUE)) {
      heading("Verification where one of equal values is shown");
      sql(Verification.of(last, compiled.query(), true, true));
    }
  }

  private void sql(Statement statement) {
    text.append(SqlRenderer.render(statement)).append(";\n");
  }
}
