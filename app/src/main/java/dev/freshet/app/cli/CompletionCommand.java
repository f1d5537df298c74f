package dev.freshet.app.cli;

import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Writes a script for the shell. */
@Command(
    name = "completion",
    description = {
      "Writes a script that completes commands and options in bash and zsh.",
      "Use it with: source <(freshet completion)"
    },
    mixinStandardHelpOptions = true,
    versionProvider = VersionCommand.class)
final class CompletionCommand implements Runnable {

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec command;

  @Override
  public void run() {
    command
        .commandLine()
        .getOut()
        .print(AutoComplete.bash("freshet", command.root().commandLine()));
  }
}
