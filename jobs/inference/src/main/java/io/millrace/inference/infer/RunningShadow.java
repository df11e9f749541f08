package io.millrace.inference.infer;

import io.millrace.inference.infer.RunningJob.ContentKey;
import io.millrace.inference.rollout.Arm;
import io.millrace.inference.rollout.Observation;
import io.millrace.inference.route.RoutedRequest;
import io.millrace.schemas.avro.ErrorReason;
import io.millrace.schemas.avro.Origin;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A candidate's answer that nobody sees, and whether it says what production said. It waits for
 * production's answer without asking for it: where that comes from a model, the job asks.
 */
final class RunningShadow {

  private final RoutedRequest request;
  private final CompletableFuture<Optional<Observation>> observation = new CompletableFuture<>();
  private volatile SingleFlight<ContentKey, Answer>.@Nullable Seat seat;

  RunningShadow(RoutedRequest request) {
    this.request = request;
  }

  /** Nothing when there is nothing to be learnt; fails only when the service is closing. */
  CompletableFuture<Optional<Observation>> observation() {
    return observation;
  }

  /**
   * Sets out.
   *
   * @param production its answer to the content; nothing when it has none
   */
  void run(
      SingleFlight<ContentKey, Answer>.Seat joined,
      CompletableFuture<Optional<Answer.Success>> production) {
    seat = joined;
    var unused =
        joined
            .outcome()
            .thenCombine(production, this::observe)
            .whenComplete(
                (observed, closing) -> {
                  if (closing != null) {
                    observation.completeExceptionally(closing);
                  } else {
                    observation.complete(observed);
                  }
                });
  }

  /** Ends without an observation. */
  void giveUp() {
    if (observation.complete(Optional.empty())) {
      leave();
    }
  }

  /** Ends because the service is closing. */
  void abort() {
    observation.completeExceptionally(new CancellationException("The service is closing"));
    leave();
  }

  private void leave() {
    SingleFlight<ContentKey, Answer>.Seat current = seat;
    if (current != null) {
      current.leave();
    }
  }

  private Optional<Observation> observe(Answer candidate, Optional<Answer.Success> production) {
    if (candidate instanceof Answer.Failed no) {
      return no.failure().reason() == ErrorReason.INVALID_INPUT
          ? Optional.empty()
          : Optional.of(observation(true, null));
    }
    Answer.Success yes = (Answer.Success) candidate;
    return yes.origin() == Origin.CACHED
        ? Optional.empty()
        : Optional.of(
            observation(
                false,
                production.map(said -> Outputs.agree(said.outputs(), yes.outputs())).orElse(null)));
  }

  private Observation observation(boolean failed, @Nullable Boolean agrees) {
    return new Observation(
        request.command().getModel(),
        request.revision(),
        Objects.requireNonNull(request.version(), "a shadow has a version"),
        Arm.SHADOW,
        request.command().getJobId(),
        failed,
        null,
        null,
        agrees);
  }
}
