package dev.freshet.app.cli;

import dev.freshet.catalog.surface.FreshetVersion;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints the one version. */
@Command(
    name = "version",
    description = "Prints the version.",
    mixinStandardHelpOptions = true,
    versionProvider = VersionCommand.class)
final class VersionCommand implements Runnable, IVersionProvider {

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec command;

  @Override
  public String[] getVersion() {
    return new String[] {FreshetVersion.current()};
  }

  @Override
  public void run() {
    command.commandLine().getOut().println(FreshetVersion.current());
  }
}
