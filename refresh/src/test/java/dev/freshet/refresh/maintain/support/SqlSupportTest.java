package dev.freshet.refresh.maintain.support;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.refresh.maintain.EngineDatabase;
import dev.freshet.refresh.maintain.EngineDatabase.UserSession;
import dev.freshet.refresh.maintain.MaintainedQuery;
import dev.freshet.refresh.maintain.Script;
import dev.freshet.refresh.rule.GoldenFile;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Every row of docs/sql-support.md is true, and none is missing. */
class SqlSupportTest {

  private static final GoldenFile PAGE = GoldenFile.at(Path.of("..", "docs", "sql-support.md"));
  private static final String EQUAL = "0 missing, 0 unexpected";
  private static final int ADDITIONS_OF_17 = 170000;

  @Test
  void theTableOfSupportedSqlIsAsSeenHere() throws SQLException {
    List<Construct> constructs =
        Construct.parse(Script.read("support/constructs.sql").text().lines().toList());
    SupportPage page = SupportPage.read(constructs, PAGE.text());
    try (EngineDatabase database = new EngineDatabase();
        UserSession user = database.user()) {
      user.run(Script.read("support/tables.sql").text());
      Map<Construct, MaintainedQuery> maintained = new LinkedHashMap<>();
      int version = Integer.parseInt(user.value("SHOW server_version_num"));
      for (Construct construct : constructs) {
        create(database, user, construct, maintained, version);
      }
      Map<Construct, List<String>> actions = new LinkedHashMap<>();
      for (String part : Script.read("support/changes.sql").parts()) {
        user.run(part);
        maintained.forEach((construct, query) ->
            actions
                .computeIfAbsent(construct, _ -> new ArrayList<>())
                .add(refreshed(construct, query)));
      }
      for (Construct construct : constructs) {
        MaintainedQuery query = maintained.get(construct);
        String cell =
            query == null
                ? "–"
                : cell(construct, query, actions.getOrDefault(construct, List.of()));
        page.set(construct, version / 10000, cell);
      }
    }
    PAGE.says(page.text());
    assertThat(page.isComplete()).as("run -Ppg15, -Ppg16, -Ppg17 with golden.update, too").isTrue();
  }

  private static void create(
      EngineDatabase database,
      UserSession user,
      Construct construct,
      Map<Construct, MaintainedQuery> maintained,
      int version)
      throws SQLException {
    String name = "st" + maintained.size();
    try {
      user.run("EXPLAIN " + construct.query());
    } catch (SQLException unknown) {
      assertThat(version).as("%s: %s", construct, unknown).isLessThan(ADDITIONS_OF_17);
      return;
    }
    MaintainedQuery query = MaintainedQuery.create(database, user, name, construct.query());
    assertThat(query.verify()).as("%s after creation", construct).isEqualTo(EQUAL);
    maintained.put(construct, query);
  }

  private static String refreshed(Construct construct, MaintainedQuery query) {
    String action = query.refresh();
    assertThat(query.verify()).as("%s after %s", construct, action).isEqualTo(EQUAL);
    return action;
  }

  private static String cell(Construct construct, MaintainedQuery query, List<String> actions) {
    if (!query.isDifferential()) {
      return "FULL `%s`".formatted(query.reasonCode());
    }
    assertThat(actions).as(construct.name()).contains("DIFFERENTIAL").doesNotContain("FULL");
    return "diff";
  }
}
