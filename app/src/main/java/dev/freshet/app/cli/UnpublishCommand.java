package dev.freshet.app.cli;

import picocli.CommandLine.Command;

/** Takes a stream table out of its publication. */
@Command(
    name = "unpublish",
    description = "Takes a stream table out of its publication.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionCommand.class)
final class UnpublishCommand extends NamedCommand {

  UnpublishCommand() {
    super("SELECT freshet.drop_stream_table_publication($1)", "No longer published:");
  }
}
