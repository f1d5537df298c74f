package dev.freshet.app.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/** What came of a command. */
record Ran(int status, String out, String error) {

  static Ran freshet(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter error = new StringWriter();
    CommandLine command = Freshet.commandLine();
    command.setOut(new PrintWriter(out)).setErr(new PrintWriter(error));
    int status = command.execute(arguments);
    return new Ran(status, out.toString(), error.toString());
  }
}
