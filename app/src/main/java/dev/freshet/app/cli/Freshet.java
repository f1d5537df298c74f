package dev.freshet.app.cli;

import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.annotations.QuarkusMain;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Where the process begins. */
@QuarkusMain
public final class Freshet {

  private Freshet() {}

  public static void main(String... arguments) {
    boolean developing = LaunchMode.current().isDev() && arguments.length == 0;
    QuietLogs.now();
    int status = commandLine().execute(developing ? new String[] {"demo"} : arguments);
    if (!LaunchMode.current().isDev()) {
      System.exit(status);
    }
  }

  static CommandLine commandLine() {
    return new CommandLine(new FreshetCommand())
        .setParameterExceptionHandler(Freshet::wrongUsage)
        .setExecutionExceptionHandler((failure, command, _) -> failed(failure, command));
  }

  private static int wrongUsage(ParameterException mistake, String[] arguments) {
    CommandLine command = mistake.getCommandLine();
    say(command, Complaint.oneLine(String.valueOf(mistake.getMessage())));
    command
        .getErr()
        .println("Try '%s --help'.".formatted(command.getCommandSpec().qualifiedName()));
    return CommandLine.ExitCode.USAGE;
  }

  private static int failed(Exception failure, CommandLine command) {
    if (failure instanceof ParameterException mistake) {
      return wrongUsage(mistake, new String[0]);
    }
    say(command, Complaint.about(failure));
    return CommandLine.ExitCode.SOFTWARE;
  }

  private static void say(CommandLine command, String line) {
    command.getErr().println("freshet: " + line);
  }
}
