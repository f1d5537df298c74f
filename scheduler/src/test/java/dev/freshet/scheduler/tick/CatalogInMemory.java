package dev.freshet.scheduler.tick;

import dev.freshet.scheduler.dispatch.PoolState;
import dev.freshet.scheduler.due.Watched;
import dev.freshet.scheduler.due.WatchedBuilder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A catalog of what the test puts there; a snapshot is the number of requests until then. */
final class CatalogInMemory implements WatchedCatalog {

  private List<Watched> tables = List.of();
  private final Map<String, String> settings = new HashMap<>();
  private final List<Long> requests = new ArrayList<>();
  private List<Long> unanswered = List.of();
  private Runnable meanwhile = () -> {};

  /** What people were told of the pool. */
  final List<PoolState> told = new ArrayList<>();

  /** The settings of which people were told that they make no sense. */
  final List<String> alerts = new ArrayList<>();

  /** From now on it has these stream tables. */
  CatalogInMemory put(WatchedBuilder... present) {
    tables = Stream.of(present).map(WatchedBuilder::build).toList();
    return this;
  }

  CatalogInMemory set(String name, String value) {
    settings.put(name, value);
    return this;
  }

  /** Somebody asks for a refresh. */
  void ask(long pgtId) {
    requests.add(pgtId);
  }

  /** Somebody had asked an earlier service, which has not answered. */
  CatalogInMemory leaveUnanswered(Long... pgtIds) {
    unanswered = List.of(pgtIds);
    return this;
  }

  /** What others commit just after the stream tables were read the next time. */
  void afterReading(Runnable others) {
    meanwhile = others;
  }

  @Override
  public List<Watched> read() {
    List<Watched> seen = tables;
    Runnable others = meanwhile;
    meanwhile = () -> {};
    others.run();
    return seen;
  }

  @Override
  public Map<String, String> settings() {
    return Map.copyOf(settings);
  }

  @Override
  public String snapshot() {
    return String.valueOf(requests.size());
  }

  @Override
  public List<Long> wantedSince(String snapshot) {
    return List.copyOf(requests.subList(Integer.parseInt(snapshot), requests.size()));
  }

  @Override
  public void tell(PoolState pool) {
    told.add(pool);
  }

  @Override
  public void alertRefused(String name, String value) {
    alerts.add(name + " = " + value);
  }

  @Override
  public List<Long> unanswered() {
    return unanswered;
  }
}
