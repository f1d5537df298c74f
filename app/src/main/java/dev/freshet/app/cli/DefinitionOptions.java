package dev.freshet.app.cli;

import dev.freshet.app.command.SqlCall;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How a stream table is kept fresh; what is left out stays as it is, or as it is by default. */
final class DefinitionOptions {

  @Option(
      names = "--schedule",
      paramLabel = "SCHEDULE",
      description = "1s, 1h30m, a cron expression, or calculated.")
  private Optional<String> schedule = Optional.empty();

  @Option(names = "--mode", paramLabel = "MODE", description = "AUTO, DIFFERENTIAL or FULL.")
  private Optional<String> mode = Optional.empty();

  @Option(
      names = "--sla",
      paramLabel = "INTERVAL",
      description = "How old its content may be, 30s say.")
  private Optional<String> sla = Optional.empty();

  @Option(names = "--tier", paramLabel = "TIER", description = "hot, warm, cold or frozen.")
  private Optional<String> tier = Optional.empty();

  @Option(
      names = "--diamond-consistency",
      paramLabel = "atomic|none",
      description = "Whether stream tables that meet again further down appear together.")
  private Optional<String> diamondConsistency = Optional.empty();

  SqlCall addedTo(SqlCall call) {
    return call.with("schedule", schedule.orElse(null))
        .with("refresh_mode", mode.orElse(null))
        .withInterval("sla", sla.orElse(null))
        .with("tier", tier.orElse(null))
        .with("diamond_consistency", diamondConsistency.orElse(null));
  }
}
