package dev.freshet.app.testing;

import dev.freshet.catalog.testing.InstalledDatabase;
import java.sql.SQLException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * One service on one database for all tests that take a {@link ServingProcess} or a {@link Shop},
 * since starting one takes seconds.
 *
 * <p>A shop is a new one for each.
 */
public final class SharedService implements ParameterResolver {

  private static final ExtensionContext.Namespace HERE =
      ExtensionContext.Namespace.create(SharedService.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return type == ServingProcess.class || type == Shop.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    // Of the root, so that it is closed after the last test.
    Running running =
        context
            .getRoot()
            .getStore(HERE)
            .getOrComputeIfAbsent(Running.class, _ -> Running.start(), Running.class);
    try {
      return parameter.getParameter().getType() == Shop.class
          ? Shop.openIn(running.database())
          : running.service();
    } catch (SQLException failed) {
      throw new IllegalStateException("cannot open a shop", failed);
    }
  }

  private record Running(InstalledDatabase database, ServingProcess service)
      implements AutoCloseable {

    static Running start() {
      try {
        InstalledDatabase database = InstalledDatabase.prepare();
        return new Running(
            database,
            ServingProcess.start(
                database.service().url(), "--set", "freshet.metrics-interval=100ms"));
      } catch (SQLException failed) {
        throw new IllegalStateException("no database for the service", failed);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted", interrupted);
      }
    }

    @Override
    public void close() {
      service.close();
    }
  }
}
