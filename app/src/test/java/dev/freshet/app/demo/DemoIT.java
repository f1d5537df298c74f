package dev.freshet.app.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.freshet.app.embedded.EmbeddedServer;
import dev.freshet.app.testing.Answer;
import dev.freshet.app.testing.Eventually;
import dev.freshet.app.testing.FreshetProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoIT {

  private static final int FIRST_PORT = 17_900;
  private static final Duration END_MAX = Duration.ofSeconds(20);
  private static final Pattern ADDRESS = Pattern.compile("\\S+://\\S+");

  private static final String NOBODY = "65534";

  @Test
  void itFollowsTheShopEndsCleanlyAndGoesOnWhereItEnded(@TempDir Path data) throws Exception {
    long customers;
    Duration first;
    try (Demo demo = Demo.start(List.of(), data)) {
      first = demo.startTime();
      assertThat(demo.triedOut()).hasSize(3).allMatch(line -> line.contains(demo.database()));
      assertThat(Answer.get(demo.page()).body()).contains("<title>Freshet</title>");
      assertThat(Answer.get(demo.graphql() + "/schema.graphql").body()).contains("streamTables");
      assertThat(demo.awaitActive())
          .containsExactly(
              "category_sales",
              "cities_to_deliver_to",
              "orders_by_status",
              "product_sales",
              "revenue_by_city");
      demo.awaitAnotherRevenue();
      customers = demo.number("SELECT count(*) FROM customers");
      demo.assertEndsCleanly();
    }

    assertThat(data.resolve("cluster/postmaster.pid")).doesNotExist();
    try (Demo demo = Demo.start(List.of(), data)) {
      assertThat(demo.startTime()).isLessThan(first);
      assertThat(demo.number("SELECT count(*) FROM customers")).isEqualTo(customers);
      assertThat(demo.awaitActive()).hasSize(5);
      assertThat(demo.verified("revenue_by_city")).isEqualTo("0 | 0");
      demo.assertEndsCleanly();
    }
  }

  /** PostgreSQL refuses to run as root, so that what root starts takes another path. */
  @Test
  void itRunsForAnOrdinaryUserToo(@TempDir Path data) throws Exception {
    assumeTrue(System.getProperty("user.name").equals("root"), "this is an ordinary user");
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/setpriv")), "there is no setpriv");
    Files.setOwner(
        data, data.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody"));
    try (Demo demo =
        Demo.start(
            List.of("/usr/bin/setpriv", "--reuid", NOBODY, "--regid", NOBODY, "--clear-groups"),
            data)) {
      assertThat(demo.awaitActive()).hasSize(5);
      demo.assertEndsCleanly();
    }
  }

  /** A demo that is up, and what it said. */
  private record Demo(FreshetProcess process, Path data, Duration startTime, List<String> said)
      implements AutoCloseable {

    static Demo start(List<String> command, Path data) throws InterruptedException {
      long began = System.nanoTime();
      FreshetProcess process =
          FreshetProcess.startBy(
              command,
              "demo",
              "--data",
              data.toString(),
              "--port",
              Integer.toString(EmbeddedServer.freePortFrom(FIRST_PORT)),
              "--http-port",
              "0",
              "--management-port",
              "0");
      List<String> said = new ArrayList<>();
      try {
        said.add(process.awaitOutput("Database"));
        said.add(process.awaitOutput("Page"));
        said.add(process.awaitOutput("GraphQL"));
        said.add(process.awaitOutput("SELECT *"));
        said.add(process.awaitOutput("create_stream_table"));
        said.add(process.awaitOutput("verify_stream_table"));
      } catch (InterruptedException | AssertionError failed) {
        process.close();
        throw failed;
      }
      return new Demo(process, data, Duration.ofNanos(System.nanoTime() - began), said);
    }

    String database() {
      return address(0);
    }

    String page() {
      return address(1);
    }

    String graphql() {
      return address(2);
    }

    List<String> triedOut() {
      return said.subList(3, said.size());
    }

    private String address(int line) {
      Matcher found = ADDRESS.matcher(said.get(line));
      assertThat(found.find()).as(said.get(line)).isTrue();
      return found.group();
    }

    List<String> awaitActive() throws Exception {
      return Eventually.see(
          () ->
              rows(
                  "SELECT pgt_name FROM freshet.pgt_stream_tables WHERE status = 'ACTIVE' ORDER BY 1"),
          names -> names.size() == 5);
    }

    void awaitAnotherRevenue() throws Exception {
      String revenue = "SELECT sum(revenue) FROM revenue_by_city";
      List<String> before = rows(revenue);
      Eventually.see(() -> rows(revenue), now -> !now.equals(before));
    }

    String verified(String streamTable) throws SQLException {
      return rows("CALL freshet.verify_stream_table('%s')".formatted(streamTable)).getFirst();
    }

    long number(String query) throws SQLException {
      return Long.parseLong(rows(query).getFirst());
    }

    private List<String> rows(String query) throws SQLException {
      String url = "jdbc:" + database().replace("shop@", "") + "?user=shop";
      try (Connection session = DriverManager.getConnection(url);
          var statement = session.createStatement();
          ResultSet rows = statement.executeQuery(query)) {
        List<String> found = new ArrayList<>();
        int columns = rows.getMetaData().getColumnCount();
        while (rows.next()) {
          found.add(
              columns == 1 ? rows.getString(1) : rows.getString(1) + " | " + rows.getString(2));
        }
        return found;
      }
    }

    void assertEndsCleanly() throws Exception {
      long postmaster =
          Long.parseLong(Files.readAllLines(data.resolve("cluster/postmaster.pid")).getFirst());
      assertThat(command(postmaster)).contains(data.toString());
      long began = System.nanoTime();
      FreshetProcess.Ended ended = process.terminate();

      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(END_MAX);
      assertThat(ended.status()).isZero();
      assertThat(ended.error()).doesNotContain("ERROR", "Exception");
      Eventually.see(() -> command(postmaster), String::isEmpty);
    }

    /** Empty where there is no process, or none that runs. */
    private static String command(long process) {
      return ProcessHandle.of(process).flatMap(found -> found.info().commandLine()).orElse("");
    }

    @Override
    public void close() {
      process.close();
    }
  }
}
