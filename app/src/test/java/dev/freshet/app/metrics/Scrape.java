package dev.freshet.app.metrics;

import dev.freshet.app.testing.Answer;
import dev.freshet.app.testing.ServingProcess;
import java.util.Map;
import java.util.TreeMap;

/** The metrics of Freshet at one moment: by name and labels, as Prometheus is told them. */
record Scrape(Map<String, Double> values) {

  static Scrape of(ServingProcess service) throws InterruptedException {
    Map<String, Double> values = new TreeMap<>();
    Answer.get(service.management("/q/metrics"))
        .body()
        .lines()
        .filter(line -> line.startsWith("freshet_"))
        .forEach(line -> {
          int space = line.lastIndexOf(' ');
          values.put(line.substring(0, space), Double.valueOf(line.substring(space + 1)));
        });
    return new Scrape(values);
  }

  double value(String series) {
    Double value = values.get(series);
    if (value == null) {
      throw new AssertionError("no %s in %s".formatted(series, values));
    }
    return value;
  }

  boolean has(String series) {
    return values.containsKey(series);
  }

  /** What was added to a counter since; 0 where it is not there yet. */
  double growth(String counter, Scrape before) {
    return values.getOrDefault(counter, 0.0) - before.values.getOrDefault(counter, 0.0);
  }
}
