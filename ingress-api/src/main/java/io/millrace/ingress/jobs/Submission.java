package io.millrace.ingress.jobs;

import io.millrace.ingress.tracing.RequestTrace;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A request to run a model, as it arrived.
 *
 * @param tenant whose job it will be
 * @param version the version that must answer; null leaves it to the deployment
 * @param trace the trace that the request belongs to
 * @param maxWait how long the client would wait for the result
 * @param synchronous whether a job without a wait for its result is of no use: it is then not taken
 *     in when there is no room to wait, and the wait is as long as said
 */
public record Submission(
    String tenant,
    String model,
    @Nullable String version,
    RequestTrace trace,
    Optional<Duration> maxWait,
    boolean synchronous) {

  /** Of a client that takes the job for an answer. */
  public Submission(
      String tenant,
      String model,
      @Nullable String version,
      RequestTrace trace,
      Optional<Duration> maxWait) {
    this(tenant, model, version, trace, maxWait, false);
  }
}
