package io.millrace.inference.rollout;

import io.millrace.inference.traffic.ModelTraffic;
import io.millrace.inference.traffic.Revision;
import io.millrace.schemas.avro.RolloutCommand;
import io.millrace.schemas.avro.RolloutPhase;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the controller knows of a model.
 *
 * @param logs deployments and decisions
 * @param round what is known of the newest revision
 * @param baseline of the version in production, whatever the revision
 * @param readiness reports of the newest revision, and of later ones whose deployments are still to
 *     come
 * @param commands that are not answered, of the same revisions
 */
public record RolloutState(
    ModelTraffic logs,
    Round round,
    LatencyBaseline baseline,
    List<VersionReadiness> readiness,
    List<RolloutCommand> commands) {

  static final RolloutState NONE =
      new RolloutState(ModelTraffic.NONE, Round.NONE, LatencyBaseline.NONE, List.of(), List.of());

  public RolloutState {
    readiness = List.copyOf(readiness);
    commands = List.copyOf(commands);
  }

  /** The newest deployment with the last decision on it; null while there is none. */
  @Nullable Revision newest() {
    Revision newest = null;
    for (Revision revision : logs.revisions()) {
      if (revision.deployment() != null) {
        newest = revision;
      }
    }
    return newest;
  }

  RolloutState with(Round next) {
    return new RolloutState(logs, next, baseline, readiness, commands);
  }

  RolloutState with(LatencyBaseline next) {
    return new RolloutState(logs, round, next, readiness, commands);
  }

  /** Where the newest revision is; null while there is none. */
  @Nullable RolloutPhase phase() {
    Revision newest = newest();
    if (newest == null) {
      return null;
    }
    if (newest.decision() != null) {
      return newest.decision().getPhase();
    }
    var serving = logs.serving();
    return serving != null && serving.awaited() != null
        ? RolloutPhase.LOADING
        : RolloutPhase.ACTIVE;
  }

  /** Whether something happens by itself, or should. */
  boolean isUnderWay() {
    RolloutPhase phase = phase();
    return round.proposal() != null
        || phase == RolloutPhase.LOADING
        || phase == RolloutPhase.SHADOW
        || phase == RolloutPhase.CANARY;
  }
}
