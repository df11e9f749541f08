package io.millrace.inference.rollout;

import io.millrace.schemas.avro.RolloutPhase;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was observed of a rollout.
 *
 * @param stages in their order; the last is the one that runs
 */
public record Evidence(List<StageEvidence> stages) {

  static final Evidence NONE = new Evidence(List.of());

  public Evidence {
    stages = List.copyOf(stages);
  }

  /** With a stage begun, unless it is the one that runs. */
  Evidence inStage(RolloutPhase phase, int step) {
    StageEvidence current = current();
    if (current != null && current.phase() == phase && current.step() == step) {
      return this;
    }
    List<StageEvidence> next = new ArrayList<>(stages);
    next.add(StageEvidence.begin(phase, step));
    return new Evidence(next);
  }

  Evidence plus(Observation observation, @Nullable Double thresholdSeconds) {
    StageEvidence current = current();
    return current == null || !current.looksAt(observation.arm())
        ? this
        : withCurrent(current.plus(observation, thresholdSeconds));
  }

  /** Feedback counts in the stage in which it comes. */
  Evidence plus(LabelledOutcome outcome) {
    StageEvidence current = current();
    return current == null || !current.looksAt(outcome.arm())
        ? this
        : withCurrent(current.plus(outcome));
  }

  /** The stage that runs; null before the first. */
  @Nullable StageEvidence current() {
    return stages.isEmpty() ? null : stages.get(stages.size() - 1);
  }

  /** The stages of a phase: those whose evidence is taken together. */
  List<StageEvidence> of(RolloutPhase phase) {
    return stages.stream().filter(stage -> stage.phase() == phase).toList();
  }

  private Evidence withCurrent(StageEvidence stage) {
    List<StageEvidence> next = new ArrayList<>(stages);
    next.set(next.size() - 1, stage);
    return new Evidence(next);
  }
}
