package dev.freshet.app.cli;

import dev.freshet.app.testing.Eventually;
import dev.freshet.catalog.testing.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.function.Predicate;

/** The test server, which trusts everybody, asks one role for a password in one database. */
record PasswordRule(TestDatabase database, Path file, String before) {

  static PasswordRule require(TestDatabase database) throws Exception {
    Path file = Path.of(admin(database).value("SHOW hba_file"));
    PasswordRule rule = new PasswordRule(database, file, Files.readString(file));
    admin(database).run("ALTER ROLE %s PASSWORD 'right'".formatted(database.user()));
    rule.write(
        "host %s %s 127.0.0.1/32 scram-sha-256%n%s"
            .formatted(database.name(), database.user(), rule.before),
        refusal -> !refusal.isEmpty());
    return rule;
  }

  void lift() throws Exception {
    write(before, String::isEmpty);
  }

  /** The server reads the file in its own time. */
  private void write(String text, Predicate<String> done) throws Exception {
    Files.writeString(file, text);
    admin(database).run("SELECT pg_reload_conf()");
    Eventually.see(this::refusal, done);
  }

  private String refusal() {
    try {
      database.connect().close();
      return "";
    } catch (SQLException refused) {
      return refused.getSQLState();
    }
  }

  private static TestDatabase admin(TestDatabase database) {
    return database.as("postgres");
  }
}
