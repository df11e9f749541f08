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
 */
public record Submission(
    String tenant,
    String model,
    @Nullable String version,
    RequestTrace trace,
    Optional<Duration> maxWait) {}
