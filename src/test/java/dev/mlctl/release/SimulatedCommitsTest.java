package dev.mlctl.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.mlctl.error.FailureKind;
import dev.mlctl.release.PlantedWriter.Bug;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Thousands of deploys and rollbacks by several writers at once over a store that misbehaves by
 * plan: none lost, doubled or misreported. {@code mvn test -Dtest=SimulatedCommitsTest
 * -Dmlctl.commits=N} makes more of them. A failure names its plan, which {@code -Dmlctl.plan=N}
 * runs again.
 */
class SimulatedCommitsTest {
  private static final int COMMITS = Integer.getInteger("mlctl.commits", 10_000);

  /** What the plans came to. */
  private static final class Tally {
    private final Map<String, Integer> answers = new TreeMap<>();
    private long commits;
    private List<String> faults = List.of();
    private long plan;

    private void add(long seed, Simulation.Outcome outcome) {
      plan = seed;
      commits += outcome.commits();
      faults = Audit.faults(outcome);
      outcome.operations().forEach(operation -> answers.merge(kind(operation), 1, Integer::sum));
    }

    private static String kind(Operation operation) {
      Optional<FailureKind> failure = operation.answer().failure();
      return failure.map(Enum::name).orElse(operation.answer().made() ? "made" : "unchanged");
    }
  }

  /** Runs plan after plan until there are so many commits, or one fault. */
  private static Tally run(long seed, int commits, Simulation.Maker maker)
      throws InterruptedException {
    Random plans = new Random(seed);
    Tally tally = new Tally();
    while (tally.commits < commits && tally.faults.isEmpty()) {
      long plan = plans.nextLong();
      tally.add(plan, Simulation.run(plan, maker));
    }
    return tally;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void ten_thousand_commits_over_a_faulty_store_are_each_told_the_truth(long seed)
      throws InterruptedException {
    Long one = Long.getLong("mlctl.plan");
    if (one != null) {
      Simulation.Outcome outcome = Simulation.run(one, Writer::real);
      assertEquals(List.of(), Audit.faults(outcome), () -> story(one, outcome));
      return;
    }
    Tally tally = run(seed, COMMITS, Writer::real);
    if (!tally.faults.isEmpty()) {
      fail(tally.faults + "\n" + story(tally.plan, Simulation.run(tally.plan, Writer::real)));
    }
    for (String answer :
        List.of("made", "unchanged", "CONFLICT", "STORAGE", "UNKNOWN_OUTCOME", "INVALID")) {
      assertTrue(tally.answers.getOrDefault(answer, 0) > 50, "too seldom: " + tally.answers);
    }
  }

  private static String story(long plan, Simulation.Outcome outcome) {
    StringBuilder story = new StringBuilder("-Dmlctl.plan=" + plan + " runs it again:\n");
    outcome.operations().forEach(operation -> story.append("  ").append(operation).append('\n'));
    return story.toString();
  }

  @ParameterizedTest
  @EnumSource
  void a_planted_bug_is_found_and_without_one_nothing_is(Bug bug) throws InterruptedException {
    Simulation.Maker maker = (store, seed) -> new PlantedWriter(store, seed, bug);
    Tally tally = run(4, bug == Bug.NONE ? 2_500 : 10_000, maker);
    assertEquals(bug == Bug.NONE, tally.faults.isEmpty(), () -> bug + ": " + tally.faults);
  }

  @Test
  void a_plan_is_played_the_same_way_every_time() throws InterruptedException {
    for (long plan = 0; plan < 20; plan++) {
      Simulation.Outcome first = Simulation.run(plan, Writer::real);
      assertEquals(story(plan, first), story(plan, Simulation.run(plan, Writer::real)));
    }
  }
}
