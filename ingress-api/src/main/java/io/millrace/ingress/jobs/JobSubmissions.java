package io.millrace.ingress.jobs;

import io.millrace.cache.JobEntry;
import io.millrace.ingress.HttpSettings;
import io.millrace.ingress.operations.IngressMetrics;
import io.millrace.ingress.problem.ProblemException;
import io.millrace.ingress.problem.ProblemType;
import io.millrace.ingress.protocol.InferenceRequest;
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
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes jobs in.
 *
 * <pre>
 * enter ─ admit ─ read ─ listen for the result ─ append to the log ─ note in the store ─ wait ─ answer
 *   │ 503   │ 429, 503 │ 4xx                        │ 503
 * </pre>
 *
 * A job is accepted once the log has acknowledged it; nothing that fails after that takes it back.
 */
@Singleton
final class JobSubmissions {

  private static final Logger log = LoggerFactory.getLogger(JobSubmissions.class);

  private final Admission admission;
  private final CommandFactory factory;
  private final CommandLog commands;
  private final AcceptedJobs accepted;
  private final JobQueries queries;
  private final JobWaits waits;
  private final IngressMetrics metrics;
  private final AcceptSpans spans;
  private final Executor workers;
  private final Executor completions;
  private final Duration maxQueueTime;
  private final Bound inFlight;
  private final LogFailures failures;

  /**
   * @param workers threads that may block, for a bounded time, on the log
   * @param completions threads that never block
   */
  JobSubmissions(
      Admission admission,
      CommandFactory factory,
      CommandLog commands,
      AcceptedJobs accepted,
      JobQueries queries,
      JobWaits waits,
      LogFailures failures,
      IngressMetrics metrics,
      AcceptSpans spans,
      HttpSettings settings,
      @Named("workers") Executor workers,
      @Named("completions") Executor completions) {
    this.admission = admission;
    this.factory = factory;
    this.commands = commands;
    this.accepted = accepted;
    this.queries = queries;
    this.waits = waits;
    this.failures = failures;
    this.metrics = metrics;
    this.spans = spans;
    this.workers = workers;
    this.completions = completions;
    this.maxQueueTime = settings.maxQueueTime();
    this.inFlight = new Bound(settings.maxInFlight());
    metrics.showInFlight(inFlight::taken);
  }

  /**
   * Takes a job in. The future fails with a {@link ProblemException} when the job is refused.
   *
   * @param source reads the request, on a thread that may take its time; throws a {@link
   *     ProblemException} when it is not valid
   * @throws ProblemException {@code OVERLOADED} when too many submissions are under way
   */
  CompletableFuture<JobAnswer> submit(Submission submission, Supplier<InferenceRequest> source) {
    return submit(submission, factory::newJobId, source);
  }

  /**
   * Takes a job in.
   *
   * @param jobId its id, asked for when it is made
   */
  CompletableFuture<JobAnswer> submit(
      Submission submission, Supplier<String> jobId, Supplier<InferenceRequest> source) {
    Arrival arrival = enter(submission);
    return CompletableFuture.completedFuture(submission)
        .thenCompose(
            due ->
                admission
                    .admit(due, 1)
                    .thenComposeAsync(nothing -> accept(due, jobId, source, arrival), workers))
        .whenComplete((answer, failure) -> arrival.leave(failure));
  }

  /**
   * Takes several jobs in that are of use together alone: they are admitted as one. The future
   * fails as the first of them that fails; the others are not taken back.
   *
   * @param sources one a job; at least one
   * @return the answers in the order of the sources
   * @throws ProblemException {@code OVERLOADED} when too many submissions are under way
   */
  CompletableFuture<List<JobAnswer>> submitAll(
      Submission submission, List<Supplier<InferenceRequest>> sources) {
    List<Arrival> arrivals = new ArrayList<>(sources.size());
    try {
      sources.forEach(source -> arrivals.add(enter(submission)));
    } catch (ProblemException e) {
      arrivals.forEach(arrival -> arrival.leave(e));
      throw e;
    }
    return CompletableFuture.completedFuture(submission)
        .thenCompose(due -> admission.admit(due, sources.size()))
        .thenComposeAsync(nothing -> acceptAll(submission, sources, arrivals), workers)
        .whenComplete((answers, failure) -> arrivals.forEach(arrival -> arrival.leave(failure)));
  }

  private CompletableFuture<List<JobAnswer>> acceptAll(
      Submission submission, List<Supplier<InferenceRequest>> sources, List<Arrival> arrivals) {
    List<CompletableFuture<JobAnswer>> answers = new ArrayList<>(sources.size());
    for (int i = 0; i < sources.size(); i++) {
      answers.add(accept(submission, factory::newJobId, sources.get(i), arrivals.get(i)));
    }
    return CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
        .thenApply(nothing -> answers.stream().map(CompletableFuture::join).toList());
  }

  private Arrival enter(Submission submission) {
    Bound.Place place = inFlight.tryEnter();
    if (place == null) {
      throw overloaded();
    }
    return new Arrival(
        place, System.nanoTime(), spans.start(submission.trace(), submission.model()));
  }

  private CompletableFuture<JobAnswer> accept(
      Submission submission,
      Supplier<String> jobId,
      Supplier<InferenceRequest> source,
      Arrival arrival) {
    if (arrival.age().compareTo(maxQueueTime) > 0) {
      // The threads cannot keep up. To work off what nobody may wait for would keep it so.
      throw overloaded();
    }
    InferenceCommand command = factory.command(submission, jobId.get(), source);
    Traceparent trace = AcceptSpans.carried(arrival.span(), submission.trace());
    command.setTraceparent(trace.value());
    JobEntry.Accepted job = CommandFactory.accepted(command);
    // Before the command is in the log: a fast job must not finish unheard.
    JobWaits.JobWait wait = listen(submission, job);
    return commands
        .append(command, trace)
        .handleAsync((nothing, failure) -> acknowledged(job, trace, arrival, failure), completions)
        .thenCompose(accepted::note)
        .thenComposeAsync(nothing -> queries.await(job, wait), completions)
        .whenComplete((answer, failure) -> JobWaits.close(wait));
  }

  private JobWaits.@Nullable JobWait listen(Submission submission, JobEntry.Accepted job) {
    if (!submission.synchronous()) {
      return waits.open(job.jobId(), submission.maxWait());
    }
    JobWaits.JobWait wait = waits.open(job.jobId(), submission.maxWait().orElseThrow());
    if (wait == null) {
      throw new ProblemException(
          ProblemType.OVERLOADED,
          "Too many requests wait for their results; send it again, or with Prefer:"
              + " respond-async where that is known.");
    }
    return wait;
  }

  private JobEntry.Accepted acknowledged(
      JobEntry.Accepted job, Traceparent trace, Arrival arrival, @Nullable Throwable failure) {
    arrival.place().close();
    if (failure != null) {
      throw failures.refusal(failure, LogFields.of(job.jobId(), trace));
    }
    if (log.isDebugEnabled()) {
      LogFields.add(log.atDebug(), LogFields.of(job.jobId(), trace))
          .log("Job of {} is accepted", job.model());
    }
    metrics.accepted(job.model(), arrival.age());
    AcceptSpans.accepted(arrival.span(), job.jobId());
    return job;
  }

  private static ProblemException overloaded() {
    return new ProblemException(
        ProblemType.OVERLOADED, "Too many submissions are under way; submit the job again.");
  }

  private record Arrival(Bound.Place place, long nanos, Span span) {
    Duration age() {
      return Duration.ofNanos(System.nanoTime() - nanos);
    }

    void leave(@Nullable Throwable failure) {
      place.close();
      if (failure != null) {
        AcceptSpans.refused(span, failure);
      }
    }
  }
}
