package dev.freshet.sla;

import java.util.ArrayList;
import java.util.List;

/** The last few of many measurements. */
record Recent(List<Double> values) {

  private static final int VALUES_MAX = 20;
  private static final double SHARE = 0.95;

  static final Recent NONE = new Recent(List.of());

  Recent {
    values = List.copyOf(values);
  }

  Recent with(double value) {
    List<Double> next = new ArrayList<>(values);
    next.add(value);
    return new Recent(next.size() > VALUES_MAX ? next.subList(1, next.size()) : next);
  }

  /** What 95 of 100 do not exceed. */
  double p95() {
    List<Double> sorted = values.stream().sorted().toList();
    return sorted.isEmpty() ? 0 : sorted.get((int) Math.ceil(SHARE * sorted.size()) - 1);
  }
}
