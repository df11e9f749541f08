package io.millrace.inference.infer;

import io.millrace.inference.observe.Sample;
import io.millrace.inference.publish.Failure;
import io.millrace.inference.publish.Outcome;
import io.millrace.inference.publish.Results;
import io.millrace.inference.rollout.Arm;
import io.millrace.inference.rollout.Observation;
import io.millrace.inference.route.RoutedRequest;
import io.millrace.schemas.avro.ErrorReason;
import io.millrace.schemas.avro.InferenceCommand;
import io.millrace.schemas.avro.InferenceResult;
import io.millrace.schemas.avro.Origin;
import io.millrace.schemas.avro.Submit;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The way of one job to its one result:
 *
 * <pre>
 * the version ─ fails ─▶ those that stand in ─ fail ─▶ the last good answer ─ none ─▶ failed
 *      ╰───────────────────────┴──────────────────────────────┴──────────────────────▶ succeeded
 * </pre>
 *
 * Production stands in for a candidate, the fallback for both. What the first version said is
 * observed while a candidate has traffic, whoever ends the job.
 *
 * <p>Whoever is first ends it: an answer, its cancellation, its deadline, or the time of the step.
 * The work behind it goes on while other jobs want it.
 */
final class RunningJob {

  private final RoutedRequest request;
  private final InferenceCommand command;
  private final Submit submit;
  private final Flights flights;
  private final LastAnswers lastAnswers;
  private final InstantSource clock;
  private final Sampling sampling;
  private final Instant startedAt;
  private final String version;
  private final Iterator<String> standIns;
  private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
  private volatile SingleFlight<ContentKey, Answer>.@Nullable Seat seat;
  private volatile @Nullable Failure failed;
  private volatile @Nullable Observation observation;

  /** Equal contents for one version have equal answers. */
  record ContentKey(String fingerprint, String version) {}

  /** Takes part in a version's answer to a request's content. */
  interface Flights {
    SingleFlight<ContentKey, Answer>.Seat join(RoutedRequest request, String version);
  }

  /** The last good answer to a content. */
  interface LastAnswers extends Function<String, CompletableFuture<Optional<InferenceResult>>> {}

  RunningJob(
      RoutedRequest request,
      Flights flights,
      LastAnswers lastAnswers,
      InstantSource clock,
      Sampling sampling) {
    this.request = request;
    this.flights = flights;
    this.lastAnswers = lastAnswers;
    this.clock = clock;
    this.sampling = sampling;
    command = request.command();
    submit = (Submit) command.getCommand();
    version = Objects.requireNonNull(request.version(), "a submission has a version");
    standIns = request.standIns().iterator();
    startedAt = clock.instant();
  }

  /** Its result; fails only when the service is closing, and then the job has none. */
  CompletableFuture<Outcome> outcome() {
    return outcome;
  }

  /** Sets out. */
  void run() {
    ask(version);
  }

  private void ask(String asked) {
    SingleFlight<ContentKey, Answer>.Seat joined = flights.join(request, asked);
    seat = joined;
    if (outcome.isDone()) {
      joined.leave(); // Ended meanwhile, perhaps before the seat was there to be left.
      return;
    }
    var unused =
        joined
            .outcome()
            .whenComplete(
                (answer, closing) -> {
                  if (closing != null) {
                    outcome.completeExceptionally(closing);
                  } else {
                    answered(asked, answer, joined.leads());
                  }
                });
  }

  void cancel() {
    end(Results.cancelled(command, startedAt, now()), null);
  }

  /** Ends the job unless a model has taken it up: what costs already is worth its answer. */
  void expire() {
    SingleFlight<ContentKey, Answer>.Seat current = seat;
    if (current != null && current.started()) {
      return;
    }
    Failure before = failed;
    if (before == null) {
      end(Results.expired(command, startedAt, now()), null);
    } else {
      giveUp(before); // It has run, without success.
    }
  }

  void timeOut() {
    Failure before = failed;
    if (before == null) {
      observe(true, null, null);
    }
    fail(
        before != null
            ? before
            : new Failure(ErrorReason.TIMEOUT, "no answer within the time of the inference step"));
  }

  /** Ends without a result. */
  void abort() {
    outcome.completeExceptionally(new CancellationException("The service is closing"));
    leave();
  }

  private void answered(String asked, Answer answer, boolean leads) {
    boolean first = asked.equals(version);
    if (answer instanceof Answer.Success success) {
      Answer.Success mine = leads ? success : success.shared();
      if (first && mine.origin() != Origin.CACHED) {
        observe(
            false,
            mine.origin() == Origin.COMPUTED ? seconds(Duration.between(startedAt, now())) : null,
            Outputs.label(mine.outputs()));
      }
      succeed(first ? mine : mine.from(Origin.FALLBACK));
    } else if (answer instanceof Answer.Failed no) {
      if (first && no.failure().reason() != ErrorReason.INVALID_INPUT) {
        observe(true, null, null);
      }
      failed(no.failure());
    }
  }

  private void observe(boolean failure, @Nullable Double latencySeconds, @Nullable String label) {
    Arm arm = request.arm();
    if (arm != null) {
      observation =
          new Observation(
              command.getModel(),
              request.revision(),
              version,
              arm,
              command.getJobId(),
              failure,
              latencySeconds,
              label,
              null);
    }
  }

  private void failed(Failure failure) {
    Failure first = failed == null ? failure : failed;
    failed = first;
    if (failure.reason() == ErrorReason.INVALID_INPUT) {
      fail(failure); // No version would take it.
    } else if (standIns.hasNext()) {
      ask(standIns.next());
    } else {
      giveUp(first);
    }
  }

  private void giveUp(Failure failure) {
    if (!submit.getAllowStale()) {
      fail(failure);
      return;
    }
    var unused =
        lastAnswers
            .apply(command.getFingerprint())
            .thenAccept(last -> last.ifPresentOrElse(this::endStale, () -> fail(failure)));
  }

  private void succeed(Answer.Success answer) {
    Instant now = now();
    end(
        Results.succeeded(
            command,
            answer.version(),
            answer.origin(),
            answer.outputs(),
            answer.execution(),
            startedAt,
            now),
        sampling.answered(request, answer, now));
  }

  private void endStale(InferenceResult last) {
    Instant now = now();
    end(
        Results.succeeded(
            command, last.getVersion(), Origin.STALE, last.getOutputs(), null, startedAt, now),
        sampling.stale(request, last, now));
  }

  private void fail(Failure failure) {
    Instant now = now();
    end(
        Results.failed(command, version, failure, startedAt, now),
        sampling.failed(request, version, now));
  }

  private void end(InferenceResult terminal, @Nullable Sample sample) {
    if (outcome.complete(Outcome.of(terminal, observation, sample))) {
      leave();
    }
  }

  private void leave() {
    SingleFlight<ContentKey, Answer>.Seat current = seat;
    if (current != null) {
      current.leave();
    }
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }

  private Instant now() {
    return clock.instant();
  }
}
