package dev.freshet.app.health;

import dev.freshet.catalog.surface.FreshetVersion;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * The database answers, has the schemas of this version, and is served, by this instance or
 * another.
 */
@Readiness
@ApplicationScoped
class ServedDatabaseReadiness implements AsyncHealthCheck {

  private static final String NAME = "database";
  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final String VERSION =
      "SELECT freshet.version() AS version, freshet.service_is_running() AS served";

  private final Pool pool;

  ServedDatabaseReadiness(Pool pool) {
    this.pool = pool;
  }

  @Override
  public Uni<HealthCheckResponse> call() {
    return pool.query(VERSION)
        .execute()
        .map(rows -> responseTo(rows.iterator().next()))
        .ifNoItem()
        .after(PATIENCE)
        .fail()
        .onFailure()
        .recoverWithItem(failure ->
            HealthCheckResponse.named(NAME)
                .down()
                .withData("error", String.valueOf(failure.getMessage()))
                .build());
  }

  private static HealthCheckResponse responseTo(Row row) {
    String version = row.getString("version");
    boolean served = row.getBoolean("served");
    return HealthCheckResponse.named(NAME)
        .status(served && version.equals(FreshetVersion.current()))
        .withData("served", served)
        .withData("schemaVersion", version)
        .withData("serviceVersion", FreshetVersion.current())
        .build();
  }
}
