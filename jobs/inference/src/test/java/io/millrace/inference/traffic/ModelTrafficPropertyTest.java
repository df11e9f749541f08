package io.millrace.inference.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schemas.avro.Deployment;
import io.millrace.schemas.avro.RolloutDecision;
import io.millrace.schemas.avro.RolloutPhase;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * Deployments and decisions are two logs, each read in its order and some of it twice; how they are
 * read across each other changes nothing in the end.
 */
class ModelTrafficPropertyTest {

  private static final List<String> VERSIONS = List.of("1.0.0", "2.0.0", "3.0.0");

  /** What comes after LOADING, which some decisions leave. */
  private static final List<RolloutPhase> UNDER_WAY =
      List.of(
          RolloutPhase.ACTIVE,
          RolloutPhase.SHADOW,
          RolloutPhase.CANARY,
          RolloutPhase.PROMOTED,
          RolloutPhase.ROLLED_BACK);

  @Property(tries = 2_000)
  void theTrafficIsTheSameHoweverTheLogsAreReadAcrossEachOther(
      @ForAll long history, @ForAll long order) {
    Random random = new Random(history);
    List<TrafficChange> deployments = new ArrayList<>();
    List<TrafficChange> decisions = new ArrayList<>();
    int revisions = 1 + random.nextInt(6);
    for (int revision = 1; revision <= revisions; revision++) {
      deployments.add(TrafficChange.of(deployment(random, revision)));
      List<RolloutPhase> phases = phases(random);
      for (int sequence = 1; sequence <= phases.size(); sequence++) {
        RolloutPhase phase = phases.get(sequence - 1);
        decisions.add(TrafficChange.of(decision(random, revision, sequence, phase)));
        if (random.nextInt(3) == 0) { // A controller that was restored decides again.
          decisions.add(TrafficChange.of(decision(random, revision, sequence, phase)));
        }
      }
    }

    ModelTraffic first = ModelTraffic.NONE;
    for (TrafficChange change : deployments) {
      first = change.appliedTo(first);
    }
    for (TrafficChange change : decisions) {
      first = change.appliedTo(first);
    }
    ModelTraffic other = ModelTraffic.NONE;
    for (TrafficChange change : interleaved(deployments, decisions, new Random(order))) {
      other = change.appliedTo(other);
    }

    assertThat(other.serving()).isEqualTo(first.serving());
  }

  private static List<TrafficChange> interleaved(
      List<TrafficChange> one, List<TrafficChange> other, Random random) {
    List<TrafficChange> all = new ArrayList<>();
    int i = 0;
    int j = 0;
    while (i < one.size() || j < other.size()) {
      boolean fromOne = j == other.size() || (i < one.size() && random.nextBoolean());
      all.add(fromOne ? one.get(i++) : other.get(j++));
    }
    return all;
  }

  private static Deployment deployment(Random random, long revision) {
    return switch (random.nextInt(3)) {
      case 0 -> Traffics.deployment(revision, version(random));
      case 1 -> Traffics.split(revision, version(random), version(random), random.nextDouble());
      default -> Traffics.rollout(revision, version(random), version(random));
    };
  }

  private static List<RolloutPhase> phases(Random random) {
    List<RolloutPhase> phases = new ArrayList<>();
    for (int i = random.nextInt(2); i > 0; i--) {
      phases.add(RolloutPhase.LOADING);
    }
    if (random.nextInt(4) == 0) {
      phases.add(RolloutPhase.REJECTED);
      return phases;
    }
    for (int i = random.nextInt(3); i > 0; i--) {
      phases.add(UNDER_WAY.get(random.nextInt(UNDER_WAY.size())));
    }
    return phases;
  }

  private static RolloutDecision decision(
      Random random, long revision, long sequence, RolloutPhase phase) {
    return Traffics.decision(
        revision,
        sequence,
        phase,
        version(random),
        random.nextBoolean() ? version(random) : null,
        random.nextDouble(),
        random.nextDouble());
  }

  private static String version(Random random) {
    return VERSIONS.get(random.nextInt(VERSIONS.size()));
  }
}
