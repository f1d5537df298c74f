package dev.freshet.app.cli;

import dev.freshet.catalog.database.DatabaseUrl;
import dev.freshet.catalog.surface.SchemaInstaller;
import dev.freshet.catalog.surface.StreamTables;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Takes Freshet out of a database. */
@Command(
    name = "uninstall",
    description = "Removes Freshet's schemas, its triggers and the stream tables.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionCommand.class)
final class UninstallCommand implements Runnable {

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec command;

  @Mixin private AddressOptions address = new AddressOptions();

  @Option(
      names = "--keep-tables",
      description = "Leaves the stream tables behind, as plain tables with the rows they have.")
  private boolean keepTables;

  @Override
  public void run() {
    DatabaseUrl url = address.resolve();
    new SchemaInstaller(url).uninstall(keepTables ? StreamTables.KEEP : StreamTables.DROP);
    command.commandLine().getOut().println("Removed Freshet from %s.".formatted(url));
  }
}
