package dev.freshet.app.cli;

import dev.freshet.catalog.database.DatabaseUrl;
import dev.freshet.catalog.surface.Installation;
import dev.freshet.catalog.surface.SchemaInstaller;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Installs or upgrades the schemas; {@code serve} does it, too. */
@Command(
    name = "install",
    description = "Installs Freshet's schemas in a database, or upgrades them.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionCommand.class)
final class InstallCommand implements Runnable {

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec command;

  @Mixin private AddressOptions address = new AddressOptions();

  @Override
  public void run() {
    DatabaseUrl url = address.resolve();
    Installation done = new SchemaInstaller(url).install();
    command
        .commandLine()
        .getOut()
        .println(
            done.migrations() == 0
                ? "Freshet %s is installed in %s.".formatted(done.version(), url)
                : "Installed Freshet %s in %s.".formatted(done.version(), url));
  }
}
