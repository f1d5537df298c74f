package dev.freshet.app.cli;

import dev.freshet.catalog.database.Session;
import io.vertx.sqlclient.Row;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Has the instance that leads hand over to another one. */
@Command(
    name = "drain",
    description = {
      "Has the service that leads end what it runs and hand over to another one, so that it can be stopped.",
      "Ends when another one leads. If there is none, the one that was drained leads again after 30 s, unless it was stopped."
    },
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:another service leads now",
      "1:none leads, or none took over; one line says which",
      "2:wrong usage"
    },
    mixinStandardHelpOptions = true,
    versionProvider = VersionCommand.class)
final class DrainCommand extends DatabaseCommand {

  /** A successor that lives takes over in much less. */
  private static final Duration SUCCESSION = Duration.ofSeconds(10);

  private static final long LOOK_INTERVAL_MS = 50;

  @Option(
      names = "--within",
      paramLabel = "SECONDS",
      description = "What runs longer is rolled back, and done again by the other one; default 60.")
  private long within = 60;

  @Override
  void requireUsable() {
    if (within < 0) {
      throw new ParameterException(
          spec().commandLine(), "--within is a number of seconds, 0 or more; it was " + within);
    }
  }

  @Override
  void run(Session session, PrintWriter out) {
    out.println(drain(session));
  }

  private String drain(Session session) {
    Row asked =
        session
            .execute(
                "SELECT epoch, holder FROM freshet.request_handover($1::bigint * interval '1 second')",
                within)
            .iterator()
            .next();
    if (asked.getLong("epoch") == null) {
      throw new CommandFailure("no service is at work on " + url());
    }
    String successor = awaitSuccessor(session, asked.getLong("epoch"), asked.getString("holder"));
    return "Instance %s has handed over to instance %s."
        .formatted(asked.getString("holder"), successor);
  }

  private String awaitSuccessor(Session session, long epoch, String holder) {
    long deadline = System.nanoTime() + Duration.ofSeconds(within).plus(SUCCESSION).toNanos();
    long freeSince = 0;
    while (true) {
      Row seen = session.query("SELECT * FROM freshet.look_at_lease()").iterator().next();
      long now = System.nanoTime();
      if (seen.getLong("epoch") > epoch) {
        return seen.getString("holder");
      }
      freeSince = !seen.getBoolean("is_free") ? 0 : freeSince == 0 ? now : freeSince;
      if (freeSince != 0 && now - freeSince > SUCCESSION.toNanos()) {
        throw new CommandFailure(
            "instance %s has handed over, and no other is there to lead: it leads again after 30 s unless it is stopped"
                .formatted(holder));
      }
      if (now > deadline) {
        throw new CommandFailure(
            "instance %s does not hand over; its log says why".formatted(holder));
      }
      pause();
    }
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(LOOK_INTERVAL_MS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new CommandFailure("interrupted", interrupted);
    }
  }
}
