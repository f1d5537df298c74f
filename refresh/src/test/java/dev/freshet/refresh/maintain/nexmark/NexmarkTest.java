package dev.freshet.refresh.maintain.nexmark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.refresh.maintain.EngineDatabase;
import dev.freshet.refresh.maintain.EngineDatabase.UserSession;
import dev.freshet.refresh.maintain.MaintainedQuery;
import dev.freshet.refresh.maintain.Script;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** All of Nexmark's kinds of queries, each after every change. */
class NexmarkTest {

  private static final String EQUAL = "0 missing, 0 unexpected";

  @Test
  void everyQueryIsMaintainedByDeltas() throws SQLException {
    try (EngineDatabase database = new EngineDatabase();
        UserSession user = database.user()) {
      user.run(Script.read("nexmark/tables.sql").text());
      Map<String, MaintainedQuery> maintained = new LinkedHashMap<>();
      for (Map.Entry<String, String> query :
          Script.read("nexmark/queries.sql").queries().entrySet()) {
        String table = "st" + maintained.size();
        MaintainedQuery made = MaintainedQuery.create(database, user, table, query.getValue());
        assertThat(made.isDifferential()).as(query.getKey() + made.reasonCode()).isTrue();
        assertThat(made.verify()).as(query.getKey()).isEqualTo(EQUAL);
        assertThat(user.value("SELECT count(*) > 0 FROM " + table))
            .as(query.getKey())
            .isEqualTo("t");
        maintained.put(query.getKey(), made);
      }
      for (String part : Script.read("nexmark/changes.sql").parts()) {
        user.run(part);
        maintained.forEach((name, query) -> {
          assertThat(query.refresh()).as("%s after %s", name, part).isNotEqualTo("FULL");
          assertThat(query.verify()).as("%s after %s", name, part).isEqualTo(EQUAL);
        });
      }
    }
  }
}
