package dev.freshet.app.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command itself: only its subcommands do something. */
@Command(
    name = "freshet",
    description = "Keeps stream tables fresh in PostgreSQL.",
    versionProvider = VersionCommand.class,
    mixinStandardHelpOptions = true,
    subcommands = {
      DemoCommand.class,
      ServeCommand.class,
      DrainCommand.class,
      InstallCommand.class,
      UninstallCommand.class,
      StatusCommand.class,
      RebuildProjectionsCommand.class,
      BenchCommand.class,
      VersionCommand.class
    })
final class FreshetCommand implements Runnable {

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec command;

  @Override
  public void run() {
    throw new ParameterException(command.commandLine(), "Which command? Try freshet demo");
  }
}
