package dev.freshet.app.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Collects findings, shows each as it comes, and gives all of them as JSON. */
final class Report {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Consumer<String> out;
  private final List<Finding> findings = new ArrayList<>();
  private final Map<String, ArrayNode> attached = new TreeMap<>();

  Report(Consumer<String> out) {
    this.out = out;
    out.accept(
        "%-16s %-22s %-24s %12s %12s %-26s %12s %12s %9s"
            .formatted(
                "SCENARIO",
                "SETTING",
                "OURS",
                "cpu ms",
                "wall ms",
                "AGAINST",
                "cpu ms",
                "wall ms",
                "FIGURE"));
  }

  void add(Finding finding) {
    findings.add(finding);
    out.accept(
        String.format(
            Locale.ROOT,
            "%-16s %-22s %-24s %12s %12s %-26s %12s %12s %9.2f %s",
            finding.scenario(),
            finding.setting(),
            finding.oursName(),
            millis(finding.ours().cpuMillis()),
            millis(finding.ours().wallMillis()),
            finding.theirsName(),
            millis(finding.theirs().cpuMillis()),
            millis(finding.theirs().wallMillis()),
            finding.figure(),
            finding.meaning()));
  }

  /** With what findings follow from, for who wants to look closer. */
  void attach(String name, ArrayNode measurements) {
    attached.put(name, measurements);
  }

  private static String millis(double value) {
    return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.3f", value);
  }

  /** Everything found, with the machine's load. */
  String json(String server) {
    ObjectNode root = JSON.createObjectNode();
    root.put("server", server);
    root.put("processors", Runtime.getRuntime().availableProcessors());
    root.put("load", ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    var list = root.putArray("findings");
    for (Finding finding : findings) {
      ObjectNode line = list.addObject();
      line.put("scenario", finding.scenario()).put("setting", finding.setting());
      line.set("ours", side(finding.oursName(), finding.ours()));
      line.set("against", side(finding.theirsName(), finding.theirs()));
      line.put("figure", finding.figure()).put("meaning", finding.meaning());
    }
    attached.forEach(root::set);
    return root.toPrettyString();
  }

  private static ObjectNode side(String name, Cost cost) {
    ObjectNode side = JSON.createObjectNode().put("name", name).put("wall_ms", cost.wallMillis());
    if (!Double.isNaN(cost.cpuMillis())) {
      side.put("cpu_ms", cost.cpuMillis());
    }
    return side;
  }
}
