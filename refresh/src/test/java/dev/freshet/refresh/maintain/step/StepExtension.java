package dev.freshet.refresh.maintain.step;

import dev.freshet.refresh.maintain.EngineDatabase;
import java.sql.SQLException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives each test a schema of its own, in a database that all step tests share. */
final class StepExtension implements ParameterResolver {

  private static final Namespace NAMESPACE = Namespace.create(StepExtension.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Steps.class;
  }

  @Override
  public Steps resolveParameter(ParameterContext parameter, ExtensionContext context) {
    EngineDatabase database =
        context
            .getRoot()
            .getStore(NAMESPACE)
            .getOrComputeIfAbsent(
                EngineDatabase.class, _ -> StepExtension.started(), EngineDatabase.class);
    try {
      Steps steps = new Steps(database);
      context.getStore(NAMESPACE).put(Steps.class, steps);
      return steps;
    } catch (SQLException failed) {
      throw new ParameterResolutionException("no schema for the test", failed);
    }
  }

  private static EngineDatabase started() {
    try {
      return new EngineDatabase();
    } catch (SQLException failed) {
      throw new ParameterResolutionException("no database for step tests", failed);
    }
  }
}
