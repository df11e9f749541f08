package io.millrace.ingress.backpressure;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;

/**
 * The metrics of the queue. Prometheus sees {@code millrace_queue_depth}, {@code
 * millrace_queue_drain_rate} and {@code millrace_queue_estimated_wait_seconds} (NaN while they are
 * not known), {@code millrace_queue_open} (1 or 0), {@code millrace_queue_closings_total} and
 * {@code millrace_queue_measurement_failures_total}.
 */
@Singleton
final class QueueMetrics {

  private final Counter failures;

  QueueMetrics(MeterRegistry registry, QueueDepth depth) {
    Gauge.builder("millrace.queue.depth", depth, queue -> queue.estimate().depth())
        .description("Jobs that are accepted and not finished, of all processes")
        .register(registry);
    Gauge.builder("millrace.queue.drain.rate", depth, queue -> queue.estimate().drainRate())
        .description("Jobs finished a second, the last time that there was a backlog")
        .register(registry);
    Gauge.builder("millrace.queue.estimated.wait", depth, queue -> queue.estimate().waitSeconds())
        .description("How long a job that comes now waits")
        .baseUnit("seconds")
        .register(registry);
    Gauge.builder("millrace.queue.open", depth, queue -> queue.open() ? 1 : 0)
        .description("Whether jobs are taken in")
        .register(registry);
    FunctionCounter.builder("millrace.queue.closings", depth, QueueDepth::closings)
        .description("How often the queue became full")
        .register(registry);
    failures =
        Counter.builder("millrace.queue.measurement.failures")
            .description("Measurements of the queue that Kafka did not answer")
            .register(registry);
  }

  void failed() {
    failures.increment();
  }
}
