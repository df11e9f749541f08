package io.millrace.ingress.jobs;

import io.millrace.cache.JobEntry;
import io.millrace.ingress.BatchSettings;
import io.millrace.ingress.HttpSettings;
import io.millrace.ingress.operations.IngressMetrics;
import io.millrace.ingress.problem.ProblemException;
import io.millrace.ingress.problem.ProblemType;
import io.millrace.ingress.protocol.Batch;
import io.millrace.ingress.tracing.AcceptSpans;
import io.millrace.schemas.Traceparent;
import io.millrace.schemas.avro.InferenceCommand;
import io.opentelemetry.api.trace.Span;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes many jobs in at once.
 *
 * <pre>
 * enter ─ model ─ body ─ find the items ─ admit all ─ for each: read ─ append to the log ─ note in the store
 *   │ 503    │ 404   │ 413     │ 400, 413      │ 429, 503         │ 4xx     │ 503
 * </pre>
 *
 * Left of "for each" the whole batch is refused, right of it one item. All items are on their way
 * to the log at once.
 */
@Singleton
final class BatchSubmissions {

  private final Admission admission;
  private final CommandFactory factory;
  private final CommandLog commands;
  private final AcceptedJobs accepted;
  private final LogFailures failures;
  private final IngressMetrics metrics;
  private final AcceptSpans spans;
  private final Executor workers;
  private final Executor completions;
  private final Duration maxQueueTime;
  private final Bound inFlight;

  /**
   * @param workers threads that may block, for a bounded time, on the log
   * @param completions threads that never block
   */
  BatchSubmissions(
      Admission admission,
      CommandFactory factory,
      CommandLog commands,
      AcceptedJobs accepted,
      LogFailures failures,
      IngressMetrics metrics,
      AcceptSpans spans,
      HttpSettings http,
      BatchSettings settings,
      @Named("workers") Executor workers,
      @Named("completions") Executor completions) {
    this.admission = admission;
    this.factory = factory;
    this.commands = commands;
    this.accepted = accepted;
    this.failures = failures;
    this.metrics = metrics;
    this.spans = spans;
    this.workers = workers;
    this.completions = completions;
    this.maxQueueTime = http.maxQueueTime();
    this.inFlight = new Bound(settings.maxInFlight());
  }

  /**
   * Takes a batch in. The future fails with a {@link ProblemException} when the whole batch is
   * refused, {@code LOG_UNAVAILABLE} among them: when the log acknowledges no item.
   *
   * @param body gives the body, asked for once there is room for it
   * @param reader finds the items in the body, on a thread that may take its time
   * @return what became of each item, in order
   * @throws ProblemException {@code OVERLOADED} when too many batches are under way
   */
  CompletableFuture<List<ItemAnswer>> submit(
      Submission submission,
      Supplier<CompletableFuture<byte[]>> body,
      Function<byte[], Batch> reader) {
    Bound.Place place = inFlight.tryEnter();
    if (place == null) {
      throw overloaded();
    }
    return CompletableFuture.completedFuture(body)
        .thenCompose(
            due -> {
              factory.requireModel(submission);
              return due.get();
            })
        .thenCompose(bytes -> submit(submission, bytes, reader))
        .whenComplete((answers, failure) -> place.close());
  }

  private CompletableFuture<List<ItemAnswer>> submit(
      Submission submission, byte[] body, Function<byte[], Batch> reader) {
    long arrival = System.nanoTime();
    return CompletableFuture.supplyAsync(
            () -> {
              requireInTime(arrival);
              return reader.apply(body);
            },
            workers)
        .thenCompose(
            batch ->
                admission
                    .admit(submission, batch.size())
                    .thenComposeAsync(nothing -> accept(submission, batch, arrival), workers));
  }

  private CompletableFuture<List<ItemAnswer>> accept(
      Submission submission, Batch batch, long arrival) {
    requireInTime(arrival);
    List<CompletableFuture<ItemAnswer>> answers = new ArrayList<>(batch.size());
    ProblemException away = null;
    for (int i = 0; i < batch.size(); i++) {
      int index = i;
      CompletableFuture<ItemAnswer> answer =
          away == null
              ? accept(submission, batch, index, arrival)
              : CompletableFuture.completedFuture(refused(away));
      // A log that blocks its caller and then refuses would do so with each of the others.
      away = logAway(answer);
      answers.add(answer);
    }
    return CompletableFuture.allOf(answers.toArray(CompletableFuture<?>[]::new))
        .thenApply(nothing -> answers.stream().map(CompletableFuture::join).toList())
        .thenApply(BatchSubmissions::requireAny);
  }

  private CompletableFuture<ItemAnswer> accept(
      Submission submission, Batch batch, int index, long arrival) {
    Span span = spans.start(submission.trace(), submission.model());
    InferenceCommand command;
    try {
      command = factory.command(submission, factory.newJobId(), () -> batch.read(index));
    } catch (ProblemException e) {
      AcceptSpans.refused(span, e);
      return CompletableFuture.completedFuture(refused(e));
    }
    Traceparent trace = AcceptSpans.carried(span, submission.trace());
    command.setTraceparent(trace.value());
    JobEntry.Accepted job = CommandFactory.accepted(command);
    CompletableFuture<Void> appended = commands.append(command, trace);
    if (appended.isCompletedExceptionally()) {
      return appended.handle((nothing, failure) -> acknowledged(job, arrival, span, failure));
    }
    return appended
        .handleAsync((nothing, failure) -> acknowledged(job, arrival, span, failure), completions)
        .thenCompose(
            answer ->
                answer.job() == null
                    ? CompletableFuture.completedFuture(answer)
                    : accepted.note(job).thenApply(nothing -> answer));
  }

  private ItemAnswer acknowledged(
      JobEntry.Accepted job, long arrival, Span span, @Nullable Throwable failure) {
    if (failure != null) {
      AcceptSpans.refused(span, failure);
      Throwable cause = failure instanceof CompletionException e ? e.getCause() : failure;
      return refused(failures.refusal(cause == null ? failure : cause));
    }
    metrics.accepted(job.model(), age(arrival));
    AcceptSpans.accepted(span, job.jobId());
    return new ItemAnswer(job, null);
  }

  private ItemAnswer refused(ProblemException refusal) {
    metrics.refused(refusal.type());
    return new ItemAnswer(null, refusal);
  }

  private static @Nullable ProblemException logAway(CompletableFuture<ItemAnswer> answer) {
    if (!answer.isDone()) {
      return null;
    }
    ProblemException refusal = answer.join().refusal();
    return refusal != null && refusal.type() == ProblemType.LOG_UNAVAILABLE ? refusal : null;
  }

  /** Where the log is away, the batch is to be sent again as a whole. */
  private static List<ItemAnswer> requireAny(List<ItemAnswer> answers) {
    if (answers.stream().allMatch(answer -> answer.job() == null)) {
      answers.stream()
          .map(ItemAnswer::refusal)
          .filter(refusal -> refusal != null && refusal.type() == ProblemType.LOG_UNAVAILABLE)
          .findFirst()
          .ifPresent(
              refusal -> {
                throw refusal;
              });
    }
    return answers;
  }

  private void requireInTime(long arrival) {
    if (age(arrival).compareTo(maxQueueTime) > 0) {
      throw overloaded();
    }
  }

  private static Duration age(long arrival) {
    return Duration.ofNanos(System.nanoTime() - arrival);
  }

  private static ProblemException overloaded() {
    return new ProblemException(
        ProblemType.OVERLOADED, "Too many batches are under way; submit the batch again.");
  }

  /**
   * What became of an item: exactly one of both is there.
   *
   * @param job it was accepted
   * @param refusal it was not
   */
  record ItemAnswer(JobEntry.@Nullable Accepted job, @Nullable ProblemException refusal) {}
}
