package dev.freshet.refresh.maintain.logic;

import dev.freshet.refresh.maintain.MaintainedQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What became of the queries: counted, and each that was wrong in full. */
final class LogicReport {

  private int held;
  private int differential;
  private int refused;
  private int failing;
  private int deltaErrors;
  private final Map<String, Integer> actions = new TreeMap<>();
  private final Map<String, Integer> reasons = new TreeMap<>();
  private final List<String> failures = new ArrayList<>();

  void maintained(MaintainedQuery query) {
    if (query.isDifferential()) {
      differential++;
    } else {
      reasons.merge(query.reasonCode(), 1, Integer::sum);
    }
  }

  /** PostgreSQL does not take it. */
  void refused() {
    refused++;
  }

  /** Neither PostgreSQL nor we can compute it from the rows that are there. */
  void failsByItself() {
    failing++;
  }

  void deltaFailed(String file, String query, String what) {
    deltaErrors++;
    System.out.printf("delta error in %s: %s%n%s%n", file, what, query);
  }

  void refreshed(String action) {
    actions.merge(action, 1, Integer::sum);
  }

  /** Was equal at all times. */
  void held() {
    held++;
  }

  void failed(String file, String query, String what) {
    String failure = "%s: %s%n%s".formatted(file, what, query);
    failures.add(failure);
    System.out.println("wrong: " + failure);
  }

  List<String> failures() {
    return List.copyOf(failures);
  }

  int maintainedByDifferences() {
    return differential;
  }

  @Override
  public String toString() {
    return "%d queries equal at all times; %d differential, FULL %s; refreshes %s; %d refused by PostgreSQL, %d that fail on their rows, %d deltas that failed; %d wrong"
        .formatted(
            held, differential, reasons, actions, refused, failing, deltaErrors, failures.size());
  }
}
