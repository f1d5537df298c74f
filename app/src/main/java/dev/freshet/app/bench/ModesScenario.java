package dev.freshet.app.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.freshet.catalog.database.Database;
import dev.freshet.catalog.database.Session;
import dev.freshet.prediction.Extent;
import dev.freshet.prediction.ExtentsQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How well policies choose between DIFFERENTIAL and FULL: views of all kinds under random changes,
 * each refreshed both ways on the same state; then the policies are asked about these decisions in
 * their order, and learn only what they have chosen.
 */
final class ModesScenario {

  static final String NAME = "modes";

  private static final int CYCLES = 40;
  private static final int REHEARSED_CYCLES = 4;

  /** Of the rows asked for, a small view's and a large one's. */
  private static final List<Integer> PARTS = List.of(50, 5);

  private static final long ROWS_MIN = 100;
  private static final double PERCENT = 100;

  private final Database database;
  private final Session session;
  private final BenchTables tables;
  private final Report report;

  ModesScenario(Database database, Session session, BenchTables tables, Report report) {
    this.database = database;
    this.session = session;
    this.tables = tables;
    this.report = report;
  }

  void run() {
    try (DrivenWorker worker = new DrivenWorker(database)) {
      List<ModesSubject> subjects = new ArrayList<>();
      for (int part : PARTS) {
        long rows = Math.max(ROWS_MIN, tables.rows() / part);
        for (ModesView view : ModesView.values()) {
          subjects.add(new ModesSubject(view, subjects.size(), rows, session, worker));
        }
      }
      List<ModesSample> samples = samplesOf(subjects, worker);
      subjects.forEach(ModesSubject::drop);
      report.attach(NAME, json(samples, subjects));
      for (ModesPolicy policy : ModesPolicy.all(samples)) {
        report(policy.name(), ModesScore.of(policy, samples), subjects);
      }
    }
  }

  private List<ModesSample> samplesOf(List<ModesSubject> subjects, DrivenWorker worker) {
    List<ModesSample> samples = new ArrayList<>();
    int cycles = tables.isInEarnest() ? CYCLES : REHEARSED_CYCLES;
    for (int cycle = 0; cycle < cycles; cycle++) {
      Map<Long, Extent> extents = ExtentsQuery.read(session);
      for (ModesSubject subject : subjects) {
        Extent extent = extents.get(subject.differential());
        if (extent == null) {
          throw new IllegalStateException(
              "the benchmark's %s is unknown".formatted(subject.name()));
        }
        samples.add(
            new ModesSample(
                subject.number(),
                subject.view().kind(),
                cycle,
                extent,
                subject.firstMs(),
                subject.cycle(cycle)));
      }
      worker.keepHouse();
    }
    return samples;
  }

  private void report(String policy, ModesScore score, List<ModesSubject> subjects) {
    add("regret", policy, score, PERCENT * score.regret(), "% regret");
    for (String kind : ModesView.kinds()) {
      ModesScore ofKind = score.of(sample -> sample.kind().equals(kind));
      add("regret, " + kind, policy, ofKind, PERCENT * ofKind.regret(), "% regret");
    }
    ModesScore first = score.ofFirstCycles();
    add("regret, first 10", policy, first, PERCENT * first.regret(), "% regret");
    add("right, 15 % apart", policy, score, PERCENT * score.right(), "% right");
    add("p99 of chosen/best", policy, score, score.excessP99(), "times the cost");
    Map.Entry<Integer, Double> worst = score.worst();
    add(
        "worst view",
        policy,
        score.of(sample -> sample.subject() == worst.getKey()),
        PERCENT * worst.getValue(),
        "% beyond a constant mode, " + subjects.get(worst.getKey()).name());
  }

  private void add(String setting, String policy, ModesScore score, double figure, String meaning) {
    report.add(
        new Finding(
            NAME,
            setting,
            policy,
            new Cost(score.chosenMs(), Double.NaN),
            "the cheaper way",
            new Cost(score.bestMs(), Double.NaN),
            figure,
            meaning));
  }

  private static ArrayNode json(List<ModesSample> samples, List<ModesSubject> subjects) {
    ArrayNode list = new ObjectMapper().createArrayNode();
    for (ModesSample sample : samples) {
      Extent extent = sample.extent();
      ModesSample.Timing timing = sample.timing();
      list.addObject()
          .put("subject", sample.subject())
          .put("view", subjects.get(sample.subject()).name())
          .put("kind", sample.kind())
          .put("cycle", sample.cycle())
          .put("work", extent.work().name())
          .put("source_rows", extent.sourceRows())
          .put("result_rows", extent.resultRows())
          .put("first_ms", sample.firstMs())
          .put("changes", timing.changes())
          .put("differential_ms", timing.differentialMs())
          .put("full_ms", timing.fullMs());
    }
    return list;
  }
}
