package dev.freshet.app.bench;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** How well a policy has chosen. */
final class ModesScore {

  /** Where the ways differ by less, it does not matter which is chosen. */
  private static final double INDIFFERENCE = 1.15;

  private static final double HIGH = 0.99;
  private static final int FIRST_CYCLES = 10;

  private final List<Choice> choices;

  /** A decision, and what was chosen. */
  record Choice(ModesSample sample, boolean differential) {

    double chosenMs() {
      return sample.timing().chosenMs(differential);
    }

    double excess() {
      return chosenMs() / sample.timing().bestMs();
    }

    private boolean matters() {
      ModesSample.Timing timing = sample.timing();
      return Math.max(timing.differentialMs(), timing.fullMs()) > INDIFFERENCE * timing.bestMs();
    }

    private boolean isRight() {
      return chosenMs() <= sample.timing().bestMs();
    }
  }

  ModesScore(List<Choice> choices) {
    this.choices = List.copyOf(choices);
  }

  /** Asks a policy about all decisions, in their order. */
  static ModesScore of(ModesPolicy policy, List<ModesSample> samples) {
    return new ModesScore(
        samples.stream()
            .map(sample -> new Choice(sample, policy.choosesDifferential(sample)))
            .toList());
  }

  ModesScore of(Predicate<ModesSample> which) {
    return new ModesScore(choices.stream().filter(choice -> which.test(choice.sample())).toList());
  }

  ModesScore ofFirstCycles() {
    return of(sample -> sample.cycle() < FIRST_CYCLES);
  }

  double chosenMs() {
    return choices.stream().mapToDouble(Choice::chosenMs).sum();
  }

  double bestMs() {
    return choices.stream().mapToDouble(choice -> choice.sample().timing().bestMs()).sum();
  }

  /** What was spent beyond the cheaper way each time, as a share of that. */
  double regret() {
    return chosenMs() / bestMs() - 1;
  }

  /** Of the decisions that mattered, the share that was right. */
  double right() {
    List<Choice> mattered = choices.stream().filter(Choice::matters).toList();
    return mattered.isEmpty()
        ? 1
        : (double) mattered.stream().filter(Choice::isRight).count() / mattered.size();
  }

  /** By how many times a choice was more expensive, in all but one of a hundred. */
  double excessP99() {
    List<Double> sorted = choices.stream().map(Choice::excess).sorted().toList();
    return sorted.get((int) Math.ceil(HIGH * sorted.size()) - 1);
  }

  /** Of one subject: what was spent beyond always the one or always the other, as a share. */
  private double beyondConstant() {
    double differential =
        choices.stream().mapToDouble(choice -> choice.sample().timing().differentialMs()).sum();
    double full = choices.stream().mapToDouble(choice -> choice.sample().timing().fullMs()).sum();
    return chosenMs() / Math.min(differential, full) - 1;
  }

  /** The subject that would have gained most by a constant mode, and how much, as a share. */
  Map.Entry<Integer, Double> worst() {
    Map<Integer, Double> beyond =
        choices.stream()
            .collect(
                Collectors.groupingBy(
                    choice -> choice.sample().subject(),
                    TreeMap::new,
                    Collectors.collectingAndThen(
                        Collectors.toList(), of -> new ModesScore(of).beyondConstant())));
    return beyond.entrySet().stream()
        .max(Comparator.comparingDouble(Map.Entry::getValue))
        .orElseThrow();
  }
}
