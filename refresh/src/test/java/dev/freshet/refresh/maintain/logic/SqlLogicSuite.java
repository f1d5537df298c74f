package dev.freshet.refresh.maintain.logic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.refresh.maintain.EngineDatabase;
import java.io.IOException;
import java.net.URISyntaxException;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Queries of sqllogictest, others every day, stay equal to what PostgreSQL computes.
 *
 * <p>{@code ./mvnw -Psqllogictest verify -pl refresh -am}; {@code -Dfreshet.logic.files=} and
 * {@code .queries=} say how many files, and how many queries of each; {@code .pattern=} which
 * files; {@code .seed=} repeats a run.
 */
class SqlLogicSuite {

  private static final int FILES = Integer.getInteger("freshet.logic.files", 100);
  private static final int QUERIES = Integer.getInteger("freshet.logic.queries", 20);
  private static final Pattern PATTERN =
      Pattern.compile(System.getProperty("freshet.logic.pattern", ""));
  private static final int FILES_PER_DATABASE = 8;

  @Test
  void streamTablesEqualTheirQueriesAfterEveryBatch()
      throws IOException, URISyntaxException, SQLException {
    long seed = Long.getLong("freshet.logic.seed", LocalDate.now(ZoneOffset.UTC).toEpochDay());
    LogicReport report = new LogicReport();
    try (LogicFiles files = new LogicFiles()) {
      List<String> names = new ArrayList<>(files.names());
      names.removeIf(name -> !PATTERN.matcher(name).find());
      Collections.shuffle(names, new Random(seed));
      List<String> chosen = names.subList(0, Math.min(FILES, names.size()));
      for (int from = 0; from < chosen.size(); from += FILES_PER_DATABASE) {
        int to = Math.min(chosen.size(), from + FILES_PER_DATABASE);
        try (EngineDatabase database = new EngineDatabase()) {
          for (String name : chosen.subList(from, to)) {
            new LogicRun(database, name, files.read(name), report).run(QUERIES, seed);
          }
        }
        System.out.printf("seed %d, %d files: %s%n", seed, to, report);
      }
    }
    assertThat(report.failures()).isEmpty();
    assertThat(report.maintainedByDifferences()).isPositive();
  }
}
