package io.millrace.ingress.jobs;

import io.millrace.cache.IdempotencyClaim;
import io.millrace.cache.IdempotencyStore;
import io.millrace.cache.JobEntry;
import io.millrace.ingress.HttpSettings;
import io.millrace.ingress.problem.ProblemException;
import io.millrace.ingress.problem.ProblemType;
import io.millrace.ingress.protocol.InferenceRequest;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes a job in once for each idempotency key.
 *
 * <pre>
 * claim the key ─┬─ held ──── submit under the claim's job id ─ note it as accepted ─ answer
 *                ├─ known ─── answer with the job
 *                └─ in flight 409, another request 422, store away 503
 * </pre>
 *
 * The job's id is in the claim. So when a server dies, or the log does not say whether it has the
 * job, the next one who comes with the key submits the same job, and deduplication drops the second
 * copy.
 */
@Singleton
final class IdempotentSubmissions {

  private static final Duration SOON = Duration.ofSeconds(1);

  private final IdempotencyStore store;
  private final JobSubmissions submissions;
  private final JobQueries queries;
  private final CommandFactory factory;
  private final Executor completions;
  private final Bound inFlight;

  /**
   * @param completions threads that never block
   */
  IdempotentSubmissions(
      IdempotencyStore store,
      JobSubmissions submissions,
      JobQueries queries,
      CommandFactory factory,
      HttpSettings settings,
      @Named("completions") Executor completions) {
    this.store = store;
    this.submissions = submissions;
    this.queries = queries;
    this.factory = factory;
    this.completions = completions;
    this.inFlight = new Bound(settings.maxInFlight());
  }

  /**
   * Takes a job in, unless its key says that it was. The future fails with a {@link
   * ProblemException}: those of {@link JobSubmissions#submit}, {@code IDEMPOTENCY_IN_FLIGHT},
   * {@code IDEMPOTENCY_MISMATCH}, {@code IDEMPOTENCY_UNAVAILABLE}.
   *
   * @param request tells this request from another under the same key
   * @param source reads the request
   */
  CompletableFuture<JobAnswer> submit(
      Submission submission,
      IdempotencyKey key,
      String request,
      Supplier<InferenceRequest> source) {
    Bound.Place place = inFlight.tryEnter();
    if (place == null) {
      throw new ProblemException(
          ProblemType.OVERLOADED, "Too many submissions are under way; submit the job again.");
    }
    return CompletableFuture.completedFuture(submission.tenant())
        .thenCompose(tenant -> store.claim(tenant, key.value(), request, factory.newJobId()))
        .handleAsync(
            (claim, failure) -> {
              place.close();
              if (failure != null) {
                throw unavailable();
              }
              return claim;
            },
            completions)
        .thenCompose(claim -> submit(submission, claim, source));
  }

  private CompletableFuture<JobAnswer> submit(
      Submission submission, IdempotencyClaim claim, Supplier<InferenceRequest> source) {
    if (claim instanceof IdempotencyClaim.Held held) {
      return CompletableFuture.completedFuture(held)
          .thenCompose(due -> submissions.submit(withoutWait(submission), due::jobId, source))
          .handle(Outcome::new)
          .thenCompose(outcome -> settle(submission, held, outcome));
    }
    if (claim instanceof IdempotencyClaim.Known known) {
      return queries.find(submission.tenant(), known.jobId(), submission.maxWait());
    }
    if (claim instanceof IdempotencyClaim.InFlight) {
      throw ProblemException.retry(
          ProblemType.IDEMPOTENCY_IN_FLIGHT,
          "A request with this Idempotency-Key is under way; send it again.",
          SOON);
    }
    throw new ProblemException(
        ProblemType.IDEMPOTENCY_MISMATCH,
        "This Idempotency-Key was used with another request; expected the same path and body, or"
            + " another key.");
  }

  /**
   * Says in the store what became of the job, and then answers. When the store does not take note,
   * the lease runs out, and the next one who comes with the key submits the same job.
   */
  private CompletableFuture<JobAnswer> settle(
      Submission submission, IdempotencyClaim.Held claim, Outcome outcome) {
    Throwable failure = outcome.failure();
    if (failure == null) {
      JobAnswer answer = Objects.requireNonNull(outcome.answer());
      return store
          .accepted(claim)
          .handleAsync((nothing, ignored) -> answer, completions)
          .thenCompose(accepted -> await(submission, accepted));
    }
    // What was refused is not in the log; of what the log did not acknowledge nobody knows.
    CompletableFuture<Void> settled =
        isRefusal(failure) ? store.release(claim) : store.handOn(claim);
    return settled
        .handleAsync((nothing, ignored) -> null, completions)
        .thenCompose(nothing -> CompletableFuture.failedFuture(cause(failure)));
  }

  /** What became of a submission: an answer or a failure. */
  private record Outcome(@Nullable JobAnswer answer, @Nullable Throwable failure) {}

  private CompletableFuture<JobAnswer> await(Submission submission, JobAnswer accepted) {
    JobEntry job = accepted.job();
    if (submission.maxWait().isEmpty()) {
      return CompletableFuture.completedFuture(accepted);
    }
    return queries
        .find(job.tenant(), job.jobId(), submission.maxWait())
        // It is accepted, whatever cannot be read now.
        .exceptionally(failure -> accepted);
  }

  private static boolean isRefusal(Throwable failure) {
    return cause(failure) instanceof ProblemException problem
        && problem.type() != ProblemType.LOG_UNAVAILABLE;
  }

  private static Throwable cause(Throwable failure) {
    return failure instanceof CompletionException e && e.getCause() != null
        ? e.getCause()
        : failure;
  }

  /** The claim is settled once the job is accepted; only then does anyone wait for its result. */
  private static Submission withoutWait(Submission submission) {
    return new Submission(
        submission.tenant(),
        submission.model(),
        submission.version(),
        submission.trace(),
        Optional.empty());
  }

  private static ProblemException unavailable() {
    return ProblemException.retry(
        ProblemType.IDEMPOTENCY_UNAVAILABLE,
        "It cannot be known now whether this Idempotency-Key was used; send the request again, or"
            + " without the key.",
        SOON);
  }
}
