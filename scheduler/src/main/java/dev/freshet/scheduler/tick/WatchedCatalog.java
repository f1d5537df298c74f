package dev.freshet.scheduler.tick;

import dev.freshet.scheduler.dispatch.PoolState;
import dev.freshet.scheduler.due.Watched;
import java.util.List;
import java.util.Map;

/** What the scheduler reads from the catalog. */
interface WatchedCatalog {

  /** All stream tables. */
  List<Watched> read();

  /** Settings that the database has, by name. */
  Map<String, String> settings();

  /** Where to begin reading requests: before everything that commits from now on. */
  String snapshot();

  /** For which a refresh was asked by what a snapshot does not show. */
  List<Long> wantedSince(String snapshot);

  /** For which a refresh was asked, lately, that has not come. */
  List<Long> unanswered();

  /** Tells people how the pool of workers is doing. */
  void tell(PoolState pool);

  /** Tells people that the database has a setting that makes no sense. */
  void alertRefused(String name, String value);
}
