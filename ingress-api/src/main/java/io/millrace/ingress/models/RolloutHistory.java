package io.millrace.ingress.models;

import io.millrace.schemas.DecodeException;
import io.millrace.schemas.EffectiveDeployment;
import io.millrace.schemas.MessageCodec;
import io.millrace.schemas.Topic;
import io.millrace.schemas.avro.Deployment;
import io.millrace.schemas.avro.RolloutDecision;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the rollout controller decided of each model. The first record of a revision and sequence
 * counts, and none that is not after the last one: so everybody who reads the topic knows the same.
 * Safe for use by several threads.
 */
@Singleton
public final class RolloutHistory implements TopicView {

  /** The most decisions of a model that are kept; the oldest give way. */
  public static final int MAX_DECISIONS = 200;

  /** Above it nobody waits any more. */
  private static final int MAX_AWAITED = 1_000;

  private final Map<String, List<RolloutDecision>> byModel = new ConcurrentHashMap<>();
  private final Map<String, CompletableFuture<RolloutDecision>> awaited = new ConcurrentHashMap<>();
  private volatile boolean caughtUp;

  @Override
  public Topic topic() {
    return Topic.ROLLOUTS;
  }

  @Override
  public void put(String model, byte[] value) throws DecodeException {
    put(MessageCodec.ROLLOUT_DECISIONS.decode(value));
  }

  void put(RolloutDecision decision) {
    byModel.merge(
        decision.getModel(),
        List.of(decision),
        (known, more) ->
            isAfter(decision, known.get(0))
                ? Stream.concat(Stream.of(decision), known.stream()).limit(MAX_DECISIONS).toList()
                : known);
    String command = decision.getCommandId();
    CompletableFuture<RolloutDecision> waiting = command == null ? null : awaited.remove(command);
    if (waiting != null) {
      waiting.complete(decision);
    }
  }

  private static boolean isAfter(RolloutDecision decision, RolloutDecision last) {
    return decision.getRevision() > last.getRevision()
        || (decision.getRevision() == last.getRevision()
            && decision.getSequence() > last.getSequence());
  }

  @Override
  public void remove(String model) {
    byModel.remove(model);
  }

  @Override
  public void markCaughtUp() {
    caughtUp = true;
  }

  /** Whether everything decided before this server started is known. */
  boolean isCaughtUp() {
    return caughtUp;
  }

  /** The decisions of a model, the newest first, also those of earlier revisions. */
  public List<RolloutDecision> of(String model) {
    return byModel.getOrDefault(model, List.of());
  }

  /** The last decision of a model, of whatever revision. */
  Optional<RolloutDecision> last(String model) {
    return of(model).stream().findFirst();
  }

  /** The highest revision of a model that something was decided of; 0 for none. */
  public long lastRevision(String model) {
    return last(model).map(RolloutDecision::getRevision).orElse(0L);
  }

  /** The last decision of a deployment's revision. */
  public Optional<RolloutDecision> lastOf(Deployment deployment) {
    return of(deployment.getModel()).stream()
        .filter(decision -> decision.getRevision() == deployment.getRevision())
        .findFirst();
  }

  /** A deployment as decisions have left it. */
  public Deployment effective(Deployment deployment) {
    return EffectiveDeployment.of(deployment, lastOf(deployment).orElse(null));
  }

  /**
   * Waits for the decision that answers an operator's command. The future completes on the thread
   * that reads the topic, which must not be held up; who no longer waits cancels it. Null when too
   * many wait.
   */
  public @Nullable CompletableFuture<RolloutDecision> await(String commandId) {
    if (awaited.size() >= MAX_AWAITED) {
      return null;
    }
    CompletableFuture<RolloutDecision> decision = new CompletableFuture<>();
    awaited.put(commandId, decision);
    var unused = decision.whenComplete((decided, failure) -> awaited.remove(commandId));
    return decision;
  }
}
