package dev.freshet.app.cli;

import dev.freshet.catalog.database.Session;
import java.io.PrintWriter;
import picocli.CommandLine.Mixin;

/** A command that is one statement about one stream table. */
abstract class NamedCommand extends DatabaseCommand {

  private final String statement;
  private final String said;

  @Mixin private NameParameter name = new NameParameter();

  /**
   * @param statement its first parameter is the name
   * @param said of the name, once it is done
   */
  NamedCommand(String statement, String said) {
    this.statement = statement;
    this.said = said;
  }

  /** What the statement's parameters are after the name. */
  Object[] options() {
    return new Object[0];
  }

  @Override
  final void run(Session session, PrintWriter out) {
    Object[] options = options();
    Object[] parameters = new Object[1 + options.length];
    parameters[0] = name.value();
    System.arraycopy(options, 0, parameters, 1, options.length);
    session.execute(statement, parameters);
    out.println("%s %s.".formatted(said, name.value()));
  }
}
