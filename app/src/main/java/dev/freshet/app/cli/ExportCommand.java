package dev.freshet.app.cli;

import dev.freshet.app.cli.definitions.Export;
import dev.freshet.catalog.database.Session;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes the definitions of stream tables as YAML. */
@Command(
    name = "export",
    description = {
      "Writes the definitions of stream tables as YAML, for a repository.",
      "Each comes after those that it reads; what nobody has chosen is left out."
    },
    mixinStandardHelpOptions = true,
    versionProvider = VersionCommand.class)
final class ExportCommand extends DatabaseCommand {

  @Parameters(
      index = "0..*",
      paramLabel = "NAME",
      description = "Of these alone; default: of all that you may see.")
  private List<String> names = new ArrayList<>();

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "Where to; default: the standard output. An existing file is replaced.")
  private Optional<Path> output = Optional.empty();

  @Override
  void run(Session session, PrintWriter out) {
    Export export = Export.of(names, session);
    if (output.isEmpty()) {
      out.print(export.text());
      out.flush();
      return;
    }
    Path file = output.get();
    try {
      Files.writeString(file, export.text());
    } catch (IOException failed) {
      throw new CommandFailure("cannot write %s: %s".formatted(file, failed), failed);
    }
    out.printf(
        "Wrote %d stream table%s to %s.%n", export.count(), export.count() == 1 ? "" : "s", file);
  }
}
