package dev.freshet.scheduler.tick;

import dev.freshet.scheduler.due.Watched;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The graph of stream tables. */
final class Lineage {

  private final Map<Long, Set<Long>> upstreams = new TreeMap<>();
  private final Map<Long, Long> components = new HashMap<>();
  private final Map<Long, Integer> places = new HashMap<>();

  Lineage(Map<Long, Watched> tables) {
    tables.forEach((pgtId, table) -> {
      Set<Long> known = new TreeSet<>(table.upstreams());
      known.retainAll(tables.keySet());
      upstreams.put(pgtId, known);
    });
    Set<Long> ordered = new LinkedHashSet<>();
    upstreams.keySet().forEach(pgtId -> visit(pgtId, ordered, new HashSet<>()));
    for (long pgtId : ordered) {
      places.put(pgtId, places.size());
      components.put(pgtId, pgtId);
      upstreamsOf(pgtId).forEach(upstream -> join(pgtId, upstream));
    }
  }

  private void visit(long pgtId, Set<Long> ordered, Set<Long> path) {
    if (ordered.contains(pgtId) || !path.add(pgtId)) {
      return;
    }
    upstreamsOf(pgtId).forEach(upstream -> visit(upstream, ordered, path));
    ordered.add(pgtId);
  }

  private void join(long one, long other) {
    components.put(rootOf(one), rootOf(other));
  }

  private long rootOf(long pgtId) {
    long root = pgtId;
    while (components.getOrDefault(root, root) != root) {
      root = components.getOrDefault(root, root);
    }
    return root;
  }

  /** The given ones and everything upstream of them, upstream first. */
  List<Long> closureOf(Collection<Long> pgtIds) {
    Set<Long> found = new LinkedHashSet<>();
    List<Long> open = new ArrayList<>(pgtIds);
    while (!open.isEmpty()) {
      long pgtId = open.removeLast();
      if (upstreams.containsKey(pgtId) && found.add(pgtId)) {
        open.addAll(upstreamsOf(pgtId));
      }
    }
    return found.stream().sorted(Comparator.comparing(places::get)).toList();
  }

  Set<Long> upstreamsOf(long pgtId) {
    return upstreams.getOrDefault(pgtId, Set.of());
  }

  /** The given ones by the connected component that they are in. */
  Collection<List<Long>> byComponent(Collection<Long> pgtIds) {
    Map<Long, List<Long>> found = new TreeMap<>();
    for (long pgtId : pgtIds) {
      found.computeIfAbsent(rootOf(pgtId), ignored -> new ArrayList<>()).add(pgtId);
    }
    return found.values();
  }
}
