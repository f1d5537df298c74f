package dev.freshet.app.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Drops a stream table. */
@Command(
    name = "drop",
    description = "Drops a stream table.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionCommand.class)
final class DropCommand extends NamedCommand {

  @Option(names = "--cascade", description = "With the stream tables and views that read it.")
  private boolean cascade;

  DropCommand() {
    super("SELECT freshet.drop_stream_table($1, $2)", "Dropped");
  }

  @Override
  Object[] options() {
    return new Object[] {cascade};
  }
}
