package io.millrace.inference.infer;

import io.millrace.inference.infer.RunningJob.ContentKey;
import io.millrace.inference.observe.Sample;
import io.millrace.inference.publish.Outcome;
import io.millrace.inference.rollout.Arm;
import io.millrace.inference.rollout.Observation;
import io.millrace.inference.route.RoutedRequest;
import io.millrace.schemas.avro.ErrorReason;
import io.millrace.schemas.avro.Origin;
import java.time.InstantSource;
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
  private final InstantSource clock;
  private final Sampling sampling;
  private final CompletableFuture<Optional<Outcome>> outcome = new CompletableFuture<>();
  private volatile SingleFlight<ContentKey, Answer>.@Nullable Seat seat;

  RunningShadow(RoutedRequest request, InstantSource clock, Sampling sampling) {
    this.request = request;
    this.clock = clock;
    this.sampling = sampling;
  }

  /** Nothing when there is nothing to be learnt; fails only when the service is closing. */
  CompletableFuture<Optional<Outcome>> outcome() {
    return outcome;
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
            .thenApply(answer -> mine(answer, joined.leads()))
            .thenCombine(production, this::outcome)
            .whenComplete(
                (observed, closing) -> {
                  if (closing != null) {
                    outcome.completeExceptionally(closing);
                  } else {
                    outcome.complete(observed);
                  }
                });
  }

  /** Ends without an observation. */
  void giveUp() {
    if (outcome.complete(Optional.empty())) {
      leave();
    }
  }

  /** Ends because the service is closing. */
  void abort() {
    outcome.completeExceptionally(new CancellationException("The service is closing"));
    leave();
  }

  private void leave() {
    SingleFlight<ContentKey, Answer>.Seat current = seat;
    if (current != null) {
      current.leave();
    }
  }

  /** A computation counts once, for the first who asked. */
  private static Answer mine(Answer answer, boolean leads) {
    return !leads && answer instanceof Answer.Success success ? success.shared() : answer;
  }

  private Optional<Outcome> outcome(Answer candidate, Optional<Answer.Success> production) {
    Observation observed = observe(candidate, production);
    Sample sample =
        candidate instanceof Answer.Success yes
            ? sampling.answered(request, yes, clock.instant())
            : null;
    return observed == null && sample == null
        ? Optional.empty()
        : Optional.of(Outcome.of(observed, sample));
  }

  private @Nullable Observation observe(Answer candidate, Optional<Answer.Success> production) {
    if (candidate instanceof Answer.Failed no) {
      return no.failure().reason() == ErrorReason.INVALID_INPUT ? null : observation(true, null);
    }
    Answer.Success yes = (Answer.Success) candidate;
    return yes.origin() == Origin.CACHED
        ? null
        : observation(
            false,
            production.map(said -> Outputs.agree(said.outputs(), yes.outputs())).orElse(null));
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
