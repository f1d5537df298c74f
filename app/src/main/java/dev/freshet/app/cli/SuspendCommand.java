package dev.freshet.app.cli;

import picocli.CommandLine.Command;

/** Stops the refreshes of a stream table; its changes are still captured. */
@Command(
    name = "suspend",
    description = "Stops the refreshes of a stream table; its changes are still captured.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionCommand.class)
final class SuspendCommand extends NamedCommand {

  SuspendCommand() {
    super("SELECT freshet.suspend_stream_table($1)", "Suspended");
  }
}
