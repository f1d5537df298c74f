package dev.freshet.app.cli;

import picocli.CommandLine.Command;

/** Makes the capture and the content of a stream table whole again. */
@Command(
    name = "repair",
    description = "Makes the capture and the content of a stream table whole again.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionCommand.class)
final class RepairCommand extends NamedCommand {

  RepairCommand() {
    super("SELECT freshet.repair_stream_table($1)", "Will repair");
  }
}
