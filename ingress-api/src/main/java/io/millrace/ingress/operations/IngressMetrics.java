package io.millrace.ingress.operations;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.millrace.ingress.problem.ProblemType;
import io.millrace.ingress.problem.RefusalListener;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.function.IntSupplier;

/**
 * The metrics of the API. Label values are deployed models and {@link ProblemType}s, never ids.
 * Prometheus sees {@code millrace_http_accept_seconds}, {@code millrace_jobs_accepted_total},
 * {@code millrace_jobs_refused_total}, {@code millrace_jobs_cancellations_total}, {@code
 * millrace_feedback_accepted_total}, {@code millrace_http_in_flight}, {@code millrace_jobs_waiting}
 * and {@code millrace_job_store_failures_total}.
 */
@Singleton
public final class IngressMetrics implements RefusalListener {

  private static final Duration[] ACCEPT_BUCKETS = {
    Duration.ofMillis(1),
    Duration.ofMillis(2),
    Duration.ofMillis(5),
    Duration.ofMillis(10),
    Duration.ofMillis(25),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(250),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofMillis(2_500),
    Duration.ofSeconds(5),
    Duration.ofSeconds(10)
  };

  private final MeterRegistry registry;
  private final Timer accept;
  private final Counter storeFailures;
  private final Counter cancellations;

  public IngressMetrics(MeterRegistry registry) {
    this.registry = registry;
    this.accept =
        Timer.builder("millrace.http.accept")
            .description("From the arrival of a submission to the acknowledgement of the log")
            .serviceLevelObjectives(ACCEPT_BUCKETS)
            .register(registry);
    this.storeFailures =
        Counter.builder("millrace.job.store.failures")
            .description("Accepted jobs whose status could not be noted")
            .register(registry);
    this.cancellations =
        Counter.builder("millrace.jobs.cancellations")
            .description("Cancellations written to the log")
            .register(registry);
    // All series are there from the start, so that a rate is right from the first refusal.
    for (ProblemType type : ProblemType.values()) {
      refusals(type);
    }
  }

  /** A job of a deployed model is in the log. */
  public void accepted(String model, Duration sinceArrival) {
    accept.record(sinceArrival);
    Counter.builder("millrace.jobs.accepted")
        .description("Jobs accepted")
        .tag("model", model)
        .register(registry)
        .increment();
  }

  /** Counts the requests among them that were to submit a job. */
  @Override
  public void refused(HttpRequest<?> request, ProblemType type) {
    if (isSubmission(request) && !type.isOfAcceptedJob()) {
      refused(type);
    }
  }

  /** A submission is refused, or an item of a batch. */
  public void refused(ProblemType type) {
    refusals(type).increment();
  }

  private static boolean isSubmission(HttpRequest<?> request) {
    String path = request.getPath();
    return request.getMethod() == HttpMethod.POST
        && (path.endsWith("/jobs")
            || path.endsWith("/jobs:batch")
            || path.endsWith("/infer")
            || path.endsWith("/v1/embeddings"));
  }

  /** The read side did not take note of an accepted job. */
  public void storeFailed() {
    storeFailures.increment();
  }

  /** A cancellation is in the log. */
  public void cancelled() {
    cancellations.increment();
  }

  /** Feedback on an answer of a model is in the log. */
  public void feedback(String model) {
    Counter.builder("millrace.feedback.accepted")
        .description("Feedback accepted")
        .tag("model", model)
        .register(registry)
        .increment();
  }

  /** Shows how many submissions are under way. */
  public void showInFlight(IntSupplier inFlight) {
    Gauge.builder("millrace.http.in.flight", inFlight::getAsInt)
        .description("Submissions between arrival and acknowledgement")
        .register(registry);
  }

  /** Shows how many requests wait for a result. */
  public void showWaiting(IntSupplier waiting) {
    Gauge.builder("millrace.jobs.waiting", waiting::getAsInt)
        .description("Requests that wait for the result of a job")
        .register(registry);
  }

  private Counter refusals(ProblemType type) {
    return Counter.builder("millrace.jobs.refused")
        .description("Submissions that were refused")
        .tag("reason", type.slug())
        .register(registry);
  }
}
