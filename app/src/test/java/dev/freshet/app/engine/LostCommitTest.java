package dev.freshet.app.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.catalog.database.DatabaseUrl;
import dev.freshet.catalog.testing.InstalledDatabase;
import java.io.IOException;
import java.net.URI;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LostCommitTest {

  private static final String LAST =
      "SELECT status, action FROM freshet.refresh_history ORDER BY refresh_id DESC LIMIT 1";

  private CuttingProxy network;
  private RunningEngine engine;

  @BeforeEach
  void start() throws SQLException, IOException {
    InstalledDatabase database = InstalledDatabase.create();
    String url = database.serviceUrl().uri();
    int port = URI.create(url).getPort();
    network = new CuttingProxy(port);
    engine =
        new RunningEngine(
            database,
            "worker",
            new DatabaseUrl(url.replace(":" + port + "/", ":" + network.port() + "/")));
    engine.run(
        "SET search_path = shop",
        "CREATE TABLE t (id int PRIMARY KEY, x int)",
        "INSERT INTO t VALUES (1, 1)",
        "SELECT freshet.create_stream_table('s', 'SELECT x, count(*) AS n FROM t GROUP BY x', '1h')");
    engine.await("s");
    engine.run("INSERT INTO shop.t VALUES (2, 1)");
    engine.refresh("s");
  }

  @AfterEach
  void stop() throws IOException {
    engine.close();
    network.close();
  }

  @Test
  void aCommitWhoseAnswerIsLostIsNeitherRepeatedNorCalledAFailure() throws Exception {
    engine.run("INSERT INTO shop.t VALUES (3, 1)");
    network.cutNext(CuttingProxy.Cut.AFTER_COMMIT);

    engine.refresh("s");

    network.awaitCut();
    assertThat(engine.rows("SELECT * FROM s")).isEqualTo("1 | 3");
    assertThat(engine.verify("s")).isEqualTo("0 | 0");
    assertThat(
            engine.seen(
                "SELECT count(*), count(*) FILTER (WHERE status <> 'COMPLETED') FROM freshet.refresh_history"))
        .isEqualTo("3 | 0");
  }

  @Test
  void aCommitThatDoesNotArriveLeavesAFailureAndIsTriedAgain() throws Exception {
    engine.run("INSERT INTO shop.t VALUES (3, 1)");
    network.cutNext(CuttingProxy.Cut.BEFORE_COMMIT);

    engine.run("SELECT freshet.request_refresh('shop.s')");

    network.awaitCut();
    engine.awaitSeen(
        "SELECT status, error_code FROM freshet.refresh_history WHERE status = 'ERROR'",
        "ERROR | 08006");
    engine.awaitSeen(LAST, "COMPLETED | DIFFERENTIAL");
    assertThat(engine.rows("SELECT * FROM s")).isEqualTo("1 | 3");
    assertThat(engine.verify("s")).isEqualTo("0 | 0");
  }
}
