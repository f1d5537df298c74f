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
      ListCommand.class,
      ShowCommand.class,
      CreateCommand.class,
      AlterCommand.class,
      DropCommand.class,
      RefreshCommand.class,
      VerifyCommand.class,
      SuspendCommand.class,
      ResumeCommand.class,
      RepairCommand.class,
      AnalyzeCommand.class,
      ExplainCommand.class,
      HistoryCommand.class,
      DagCommand.class,
      PublishCommand.class,
      UnpublishCommand.class,
      ExportCommand.class,
      RebuildProjectionsCommand.class,
      BenchCommand.class,
      VersionCommand.class,
      CompletionCommand.class
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
