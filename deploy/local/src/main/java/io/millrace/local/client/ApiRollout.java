package io.millrace.local.client;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A rollout as the API shows it.
 *
 * @param phase loading, active, shadow, canary, promoted, rolled_back or rejected
 * @param step index into the plan's steps; -1 outside of canary
 * @param loaded subtasks that have the versions loaded, of {@code subtasks}
 * @param decisions the newest first, also those for earlier revisions
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record ApiRollout(
    String model,
    long revision,
    String phase,
    int step,
    boolean paused,
    String version,
    @Nullable String candidate,
    ApiTraffic traffic,
    @Nullable Plan plan,
    int loaded,
    int subtasks,
    List<Evidence> evidence,
    List<Decision> decisions) {

  private static final Set<String> ENDS = Set.of("promoted", "rolled_back", "rejected");

  public ApiRollout {
    evidence = List.copyOf(Objects.requireNonNullElse(evidence, List.of()));
    decisions = List.copyOf(Objects.requireNonNullElse(decisions, List.of()));
  }

  /** Whether the revision's rollout is over. */
  public boolean ended() {
    return ENDS.contains(phase);
  }

  /** The decisions for this revision, the newest first. */
  public List<Decision> ofThisRevision() {
    return decisions.stream().filter(decision -> decision.revision() == revision).toList();
  }

  /** What of the plan people want to see beside the phase. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Plan(@JsonProperty("shadow_share") double shadowShare, List<Double> steps) {
    public Plan {
      steps = List.copyOf(steps);
    }
  }

  /**
   * What is known of one metric, a share of bad events.
   *
   * @param difference the candidate's share less production's; null without observations
   * @param lower of its confidence sequence
   * @param upper of its confidence sequence
   * @param verdict insufficient, undecided, not_worse or worse
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Evidence(
      String metric,
      Counts production,
      Counts candidate,
      @Nullable Double difference,
      @Nullable Double lower,
      @Nullable Double upper,
      double margin,
      String verdict) {}

  /** Observations, and the bad events among them. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Counts(long observations, long events) {}

  /**
   * A decision of the controller.
   *
   * @param decidedAt as RFC 3339 has it
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Decision(
      long revision,
      long sequence,
      String action,
      String phase,
      ApiTraffic traffic,
      String by,
      String reason,
      List<Evidence> evidence,
      @JsonProperty("decided_at") String decidedAt) {
    public Decision {
      evidence = List.copyOf(Objects.requireNonNullElse(evidence, List.of()));
    }
  }
}
