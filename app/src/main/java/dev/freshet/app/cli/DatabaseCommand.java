package dev.freshet.app.cli;

import dev.freshet.catalog.database.Database;
import dev.freshet.catalog.database.DatabaseUrl;
import dev.freshet.catalog.database.Session;
import dev.freshet.catalog.surface.SchemaInstaller;
import io.vertx.core.Vertx;
import java.io.PrintWriter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * A command that says something to a database where Freshet is installed, as a person at a prompt
 * would.
 */
abstract class DatabaseCommand implements Runnable {

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec command;

  @Mixin private AddressOptions address = new AddressOptions();

  @Override
  public final void run() {
    requireUsable();
    DatabaseUrl url = address.resolve();
    if (new SchemaInstaller(url).installedVersion().isEmpty()) {
      throw new CommandFailure("Freshet is not installed in " + url);
    }
    Vertx vertx = Vertx.vertx();
    try {
      new Database(vertx, url)
          .with(
              command.name(),
              session -> {
                run(session, command.commandLine().getOut());
                return true;
              });
    } finally {
      vertx.close();
    }
  }

  /**
   * What can be said of the options before the database is asked.
   *
   * @throws ParameterException if they make no sense
   */
  void requireUsable() {}

  /** The command as it was called. */
  final CommandSpec spec() {
    return command;
  }

  /** The database. */
  final DatabaseUrl url() {
    return address.resolve();
  }

  /** Does it, and says what came of it. */
  abstract void run(Session session, PrintWriter out);
}
