package dev.freshet.publication.watch;

import java.util.List;
import java.util.Map;

/** The risks of all slots as last seen. Each is told once, and again when it has got worse. */
record Risks(Map<String, Risk> bySlot) {

  Risks {
    bySlot = Map.copyOf(bySlot);
  }

  static Risks none() {
    return new Risks(Map.of());
  }

  /** The slots that are worse off than before, by name. */
  List<String> worseThan(Risks before) {
    return bySlot.entrySet().stream()
        .filter(entry ->
            entry.getValue().compareTo(before.bySlot.getOrDefault(entry.getKey(), Risk.NONE)) > 0)
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }
}
