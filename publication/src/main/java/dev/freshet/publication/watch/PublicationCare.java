package dev.freshet.publication.watch;

import dev.freshet.catalog.database.Session;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * One look at the publications after another: what differs from the catalog is mended, slots that
 * fall behind are reported, and quiet ones are let move on.
 *
 * <p>What cannot be mended, and what is at risk, is told when it is first seen and not at each
 * look.
 */
final class PublicationCare {

  private static final Logger LOG = Logger.getLogger(PublicationCare.class);

  private static final String PUBLISHED =
      "SELECT EXISTS (SELECT FROM freshet.definition WHERE downstream_publication_name IS NOT NULL) AS published";
  private static final String REPAIR =
      """
      SELECT publication, array_to_string(mended, ', ') AS mended, error_code, error_message, error_hint
      FROM freshet.repair_publications()\
      """;
  private static final String TELL_BROKEN =
      """
      SELECT freshet.alert('publication_broken', 'error', d.pgt_id, $2::text::jsonb)
      FROM freshet.definition AS d WHERE d.downstream_publication_name = $1\
      """;

  /** A refresh is running, or somebody holds a lock; at the next look they may be gone. */
  private static final Set<String> PASSING = Set.of("55P03", "40P01", "40001");

  private static final String RISKS = "SELECT slot_name, risk FROM freshet.pgt_subscribers";
  private static final String TELL_RISK =
      """
      SELECT freshet.alert('subscriber_risk', $2, d.pgt_id, to_jsonb(s))
      FROM freshet.pgt_subscribers AS s
      LEFT JOIN freshet.definition AS d ON d.downstream_publication_name = ANY (s.publications)
      WHERE s.slot_name = $1\
      """;

  private final Duration heartbeatInterval;
  private final Map<String, String> broken = new HashMap<>();
  private Risks risks = Risks.none();
  private long nextBeat = System.nanoTime();

  /**
   * @param heartbeatInterval zero for no heartbeat
   */
  PublicationCare(Duration heartbeatInterval) {
    this.heartbeatInterval = heartbeatInterval;
  }

  void look(Session session) {
    if (!session.query(PUBLISHED).iterator().next().getBoolean("published")) {
      return;
    }
    repair(session);
    watchSubscribers(session);
    if (!heartbeatInterval.isZero() && System.nanoTime() - nextBeat >= 0) {
      session.execute("SELECT freshet.beat_for_subscribers()");
      nextBeat = System.nanoTime() + heartbeatInterval.toNanos();
    }
  }

  private void repair(Session session) {
    Map<String, String> stillBroken = new HashMap<>();
    for (Row row : session.execute(REPAIR)) {
      String publication = row.getString("publication");
      String message = row.getString("error_message");
      if (message == null) {
        LOG.warnf("publication %s was mended: %s", publication, row.getString("mended"));
        continue;
      }
      if (PASSING.contains(row.getString("error_code"))) {
        LOG.debugf("publication %s is mended later: %s", publication, message);
        continue;
      }
      stillBroken.put(publication, message);
      if (!message.equals(broken.get(publication))) {
        LOG.errorf("publication %s cannot be mended: %s", publication, message);
        JsonObject figures =
            new JsonObject()
                .put("publication", publication)
                .put("error_code", row.getString("error_code"))
                .put("error_message", message)
                .put("hint", Objects.requireNonNullElse(row.getString("error_hint"), ""));
        session.execute(TELL_BROKEN, publication, figures.encode());
      }
    }
    broken.clear();
    broken.putAll(stillBroken);
  }

  private void watchSubscribers(Session session) {
    session.execute("SELECT freshet.note_subscribers()");
    Map<String, Risk> found = new HashMap<>();
    for (Row row : session.execute(RISKS)) {
      found.put(
          row.getString("slot_name"), Risk.valueOf(row.getString("risk").toUpperCase(Locale.ROOT)));
    }
    Risks now = new Risks(found);
    for (String slot : now.worseThan(risks)) {
      Risk risk = Objects.requireNonNull(found.get(slot));
      LOG.warnf("replication slot %s: %s", slot, risk);
      session.execute(TELL_RISK, slot, risk.severity());
    }
    risks = now;
  }
}
