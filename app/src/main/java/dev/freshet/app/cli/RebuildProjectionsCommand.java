package dev.freshet.app.cli;

import dev.freshet.catalog.database.DatabaseUrl;
import dev.freshet.catalog.surface.SchemaInstaller;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Replays the log. */
@Command(
    name = "rebuild-projections",
    description = "Writes the tables that people look at anew, from the log of events.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionCommand.class)
final class RebuildProjectionsCommand implements Runnable {

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec command;

  @Mixin private AddressOptions address = new AddressOptions();

  @Override
  public void run() {
    DatabaseUrl url = address.resolve();
    long events = new SchemaInstaller(url).rebuildProjections();
    command
        .commandLine()
        .getOut()
        .println("Rebuilt the projections in %s from %d events.".formatted(url, events));
  }
}
