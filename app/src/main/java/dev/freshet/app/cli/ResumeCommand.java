package dev.freshet.app.cli;

import picocli.CommandLine.Command;

/** Goes on refreshing a stream table. */
@Command(
    name = "resume",
    description = "Goes on refreshing a stream table.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionCommand.class)
final class ResumeCommand extends NamedCommand {

  ResumeCommand() {
    super("SELECT freshet.resume_stream_table($1)", "Resumed");
  }
}
