package dev.freshet.sla;

import dev.freshet.catalog.chore.Chore;
import dev.freshet.catalog.database.Session;
import dev.freshet.catalog.freshness.Cycle;
import dev.freshet.catalog.freshness.FreshnessCycles;
import dev.freshet.catalog.freshness.Tier;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import org.jboss.logging.Logger;

/**
 * Holds stream tables to their objectives: takes in the cycles that the scheduler has measured, and
 * assigns tiers.
 *
 * <p>The scheduler only leaves a cycle here, which takes no time; what follows is decided, written
 * and told a moment later, by whoever keeps house. Cycles beyond the limit are lost, which delays a
 * change and does no more.
 */
public final class FreshnessObjectives implements FreshnessCycles, Chore {

  private static final Logger LOG = Logger.getLogger(FreshnessObjectives.class);
  private static final Duration INTERVAL = Duration.ofSeconds(1);
  private static final int CYCLES_MAX = 10_000;

  /** What is wrong is said again after so long. */
  private static final Duration ALERT_INTERVAL = Duration.ofMinutes(5);

  /** What is more probable than this is said before it happens. */
  private static final double RISK_MAX = 0.2;

  /** Spent so much faster than it lasts for, a day's budget is gone after four hours. */
  private static final double BURN_RATE_MAX = 6;

  private final Clock clock;
  private final Queue<Cycle> cycles = new ArrayBlockingQueue<>(CYCLES_MAX);
  private final Map<Alarm, Instant> alerted = new HashMap<>();

  private record Alarm(long pgtId, String event) {}

  public FreshnessObjectives(Clock clock) {
    this.clock = clock;
  }

  @Override
  public void ended(Cycle cycle) {
    boolean kept = cycles.offer(cycle);
    LOG.tracef("cycle %s, kept: %s", cycle, kept);
  }

  @Override
  public String name() {
    return "holding stream tables to their objectives";
  }

  @Override
  public Duration interval() {
    return INTERVAL;
  }

  @Override
  public void run(Session session) {
    List<Cycle> ended = new ArrayList<>();
    for (Cycle cycle = cycles.poll(); cycle != null; cycle = cycles.poll()) {
      ended.add(cycle);
    }
    if (ended.isEmpty()) {
      return;
    }
    ObjectiveTable table = new ObjectiveTable(session);
    Map<Long, ObjectiveTable.Held> held = table.read();
    Set<Long> changed = new HashSet<>();
    for (Cycle cycle : ended) {
      ObjectiveTable.Held found = held.get(cycle.pgtId());
      if (found != null && cycle.tier() == found.objective().tier()) {
        held.put(cycle.pgtId(), hold(table, found, cycle));
        changed.add(cycle.pgtId());
      }
    }
    held.keySet().retainAll(changed);
    table.store(held.values());
  }

  private ObjectiveTable.Held hold(ObjectiveTable table, ObjectiveTable.Held held, Cycle cycle) {
    Objective objective = held.objective();
    Freshness freshness =
        held.freshness()
            .with(ms(cycle.gap()), ms(cycle.waited()), ms(cycle.took()), objective.sla());
    return switch (TierDecider.decide(objective, freshness)) {
      case Verdict.Keep() -> {
        warn(table, objective, freshness);
        yield new ObjectiveTable.Held(objective, freshness);
      }
      case Verdict.Breach() -> {
        say(table, "sla_breached", objective, freshness);
        yield new ObjectiveTable.Held(objective, freshness);
      }
      case Verdict.Assign(Tier tier) -> {
        Objective next = objective.in(tier);
        if (!table.assign(objective, next, freshness)) {
          yield new ObjectiveTable.Held(objective, freshness);
        }
        yield new ObjectiveTable.Held(
            next,
            tier.compareTo(objective.tier()) < 0 ? freshness.promoted() : freshness.demotedNow());
      }
    };
  }

  /** Of what no tier has to be changed for yet. */
  private void warn(ObjectiveTable table, Objective objective, Freshness freshness) {
    if (freshness.budget().burnRate() > BURN_RATE_MAX) {
      say(table, "sla_burn_rate", objective, freshness);
    }
    boolean isWithin = freshness.exceeded() == 0;
    if (isWithin && BreachRisk.of(objective, freshness).orElse(0) > RISK_MAX) {
      say(table, "sla_predicted_breach", objective, freshness);
    }
  }

  private void say(ObjectiveTable table, String event, Objective objective, Freshness freshness) {
    if (isTimeToSay(new Alarm(objective.pgtId(), event))) {
      table.alert(event, objective, freshness);
    }
  }

  private boolean isTimeToSay(Alarm alarm) {
    Instant now = clock.instant();
    Instant last = alerted.get(alarm);
    boolean recent = last != null && !now.isBefore(last) && now.isBefore(last.plus(ALERT_INTERVAL));
    if (!recent) {
      alerted.put(alarm, now);
    }
    return !recent;
  }

  private static double ms(Duration duration) {
    return duration.toNanos() / 1e6;
  }
}
