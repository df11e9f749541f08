package io.millrace.ingress.models;

import io.millrace.ingress.problem.ProblemException;
import io.millrace.ingress.problem.ProblemType;
import io.millrace.schemas.DecodeException;
import io.millrace.schemas.MessageCodec;
import io.millrace.schemas.Topic;
import io.millrace.schemas.avro.Deployment;
import io.millrace.schemas.avro.RolloutDecision;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The deployments known now, each as decisions have left it: the first record of a revision counts.
 * Safe for use by several threads.
 */
@Singleton
public final class DeployedModels implements TopicView {

  private static final Pattern MODEL = Pattern.compile("[a-z0-9][a-z0-9._-]{0,99}");
  private static final Pattern VERSION =
      Pattern.compile("(0|[1-9]\\d{0,8})(\\.(0|[1-9]\\d{0,8})){2}(-[0-9A-Za-z.-]{1,40})?");

  /** Revisions of a model that are remembered: what answers while the last one is loading. */
  private static final int MAX_REVISIONS = 20;

  private final RolloutHistory rollouts;
  private final Map<String, Known> byModel = new ConcurrentHashMap<>();
  private volatile boolean caughtUp;

  public DeployedModels(RolloutHistory rollouts) {
    this.rollouts = rollouts;
  }

  @Override
  public Topic topic() {
    return Topic.DEPLOYMENTS;
  }

  @Override
  public void put(String model, byte[] value) throws DecodeException {
    put(MessageCodec.DEPLOYMENTS.decode(value));
  }

  /**
   * Takes note of a deployment that is in the topic. One of a revision that is known is ignored.
   */
  public void put(Deployment deployment) {
    byModel.compute(
        deployment.getModel(),
        (model, known) ->
            known == null
                ? known(model, List.of(deployment))
                : deployment.getRevision() <= known.state().revision()
                    ? known
                    : known(model, appended(known.revisions(), deployment)));
  }

  private static List<Deployment> appended(List<Deployment> revisions, Deployment next) {
    int skipped = revisions.size() < MAX_REVISIONS ? 0 : 1;
    return Stream.concat(revisions.stream().skip(skipped), Stream.of(next)).toList();
  }

  @Override
  public void remove(String model) {
    byModel.remove(model);
  }

  @Override
  public void markCaughtUp() {
    caughtUp = true;
  }

  /** Whether everything deployed and decided before this server started is known. */
  public boolean isCaughtUp() {
    return caughtUp && rollouts.isCaughtUp();
  }

  /** Whether a model is known to be deployed. */
  public boolean contains(String model) {
    return byModel.containsKey(model);
  }

  /** The names of all models that are deployed. */
  Set<String> models() {
    return Set.copyOf(byModel.keySet());
  }

  /** The version of a model that answers in production now; empty as {@link #state}. */
  public Optional<String> production(String model) {
    return state(model).map(state -> state.traffic().getVersion());
  }

  /** How a model is deployed; empty when it is not, or when that is not known yet. */
  public Optional<DeploymentState> state(String model) {
    Known known = byModel.get(model);
    if (known != null && !Objects.equals(known.last(), rollouts.last(model).orElse(null))) {
      known = byModel.computeIfPresent(model, (key, stale) -> known(key, stale.revisions()));
    }
    return Optional.ofNullable(known).map(Known::state);
  }

  private Known known(String model, List<Deployment> revisions) {
    List<RolloutDecision> decisions = rollouts.of(model);
    return new Known(
        revisions,
        decisions.isEmpty() ? null : decisions.get(0),
        DeploymentState.of(revisions, decisions));
  }

  /**
   * What is known of a model.
   *
   * @param revisions ascending
   * @param last the last decision that the state knows
   */
  private record Known(
      List<Deployment> revisions, @Nullable RolloutDecision last, DeploymentState state) {}

  /**
   * Checks that a model is deployed.
   *
   * @throws ProblemException {@code UNKNOWN_MODEL} when it is not; {@code STARTING} when that is
   *     not known yet
   */
  public void require(String model) {
    if (byModel.containsKey(model)) {
      return;
    }
    requireCaughtUp();
    throw new ProblemException(
        ProblemType.UNKNOWN_MODEL, "No model of this name is deployed; GET /v1/models lists them.");
  }

  /**
   * Checks that what is deployed is known.
   *
   * @throws ProblemException {@code STARTING} when it is not
   */
  public void requireCaughtUp() {
    if (!isCaughtUp()) {
      throw new ProblemException(
          ProblemType.STARTING, "It is not known yet which models are deployed.");
    }
  }

  /** Whether a text has the form of a model's name. */
  public static boolean isModel(String text) {
    return MODEL.matcher(text).matches() && !text.contains("..");
  }

  /** Whether a text has the form of a version. */
  public static boolean isVersion(String text) {
    return VERSION.matcher(text).matches() && !text.contains("..");
  }

  /**
   * Checks that a version is of the form of versions. Whether it can be loaded is found by the job.
   *
   * @throws ProblemException {@code UNKNOWN_MODEL} when it is not
   */
  public static void requireVersionForm(String version) {
    if (!isVersion(version)) {
      throw new ProblemException(
          ProblemType.UNKNOWN_MODEL, "Not a version of a model: expected one like 1.0.0.");
    }
  }
}
