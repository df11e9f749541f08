package io.millrace.ingress.backpressure;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets jobs in until the queue is full, and then none until it is well below that: two thresholds,
 * so that it does not go back and forth with each job. What was let in since the last measurement
 * counts at once. While there is no recent measurement all are let in; the log refuses them if it
 * is Kafka that does not answer.
 *
 * <p>One thread measures, any number asks.
 */
final class QueueDepth {

  /** An older measurement says nothing. */
  private static final Duration STALE = Duration.ofSeconds(10);

  private static final double LEAST_RETRY_SECONDS = 1;
  private static final double MOST_RETRY_SECONDS = 60;

  /** When nobody knows how fast the queue drains. */
  private static final double USUAL_RETRY_SECONDS = 5;

  /** Clients that were refused at one time are not to come back at one time. */
  private static final double JITTER = 0.25;

  private final QueueLimits limits;
  private final LongSupplier nanoTime;
  private final DoubleSupplier random;
  private final DrainRate rate = new DrainRate();
  private final AtomicLong admitted = new AtomicLong();
  private final AtomicLong closings = new AtomicLong();
  private volatile @Nullable Measurement last;
  private final AtomicBoolean open = new AtomicBoolean(true);

  /**
   * @param nanoTime nanoseconds from any origin
   * @param random numbers from 0 to 1
   */
  QueueDepth(QueueLimits limits, LongSupplier nanoTime, DoubleSupplier random) {
    this.limits = limits;
    this.nanoTime = nanoTime;
    this.random = random;
  }

  /**
   * A measurement.
   *
   * @param nanos when it was made
   * @param admitted jobs let in before it, which it may have seen
   */
  private record Measurement(QueueReading reading, double rate, long nanos, long admitted) {}

  /**
   * Jobs are refused.
   *
   * @param retryAfter when the queue should be open again
   */
  record Refusal(QueueEstimate queue, Duration retryAfter) {}

  /** How many jobs were let in so far; to be asked before measuring. */
  long admitted() {
    return admitted.get();
  }

  /**
   * Takes a measurement.
   *
   * @param admittedBefore what {@link #admitted} said before it was made
   */
  void measured(QueueReading reading, long admittedBefore) {
    long now = nanoTime.getAsLong();
    rate.observe(reading, now);
    last = new Measurement(reading, rate.perSecond().orElse(Double.NaN), now, admittedBefore);
    QueueEstimate queue = estimate();
    closeIfFull(queue);
    if (limits.openAgain(queue)) {
      open.set(true);
    }
  }

  /** Lets so many jobs in, or none. */
  Optional<Refusal> admit(int jobs) {
    Measurement measurement = last;
    boolean known =
        measurement != null && nanoTime.getAsLong() - measurement.nanos() <= STALE.toNanos();
    if (known) {
      QueueEstimate queue = estimate();
      closeIfFull(queue);
      if (!open.get()) {
        return Optional.of(new Refusal(queue, retryAfter(queue)));
      }
    }
    admitted.addAndGet(jobs);
    return Optional.empty();
  }

  private void closeIfFull(QueueEstimate queue) {
    if (limits.full(queue) && open.compareAndSet(true, false)) {
      closings.incrementAndGet();
    }
  }

  private Duration retryAfter(QueueEstimate queue) {
    double seconds = limits.secondsToReopen(queue);
    double known = Double.isNaN(seconds) ? USUAL_RETRY_SECONDS : seconds;
    double spread = known * (1 + JITTER * random.getAsDouble());
    double bounded = Math.min(MOST_RETRY_SECONDS, Math.max(LEAST_RETRY_SECONDS, spread));
    return Duration.ofMillis(Math.round(bounded * 1_000));
  }

  /** What is known of the queue; empty before the first measurement: depth 0. */
  QueueEstimate estimate() {
    Measurement measurement = last;
    if (measurement == null) {
      return new QueueEstimate(0, Double.NaN);
    }
    long since = admitted.get() - measurement.admitted();
    return new QueueEstimate(measurement.reading().depth() + since, measurement.rate());
  }

  boolean open() {
    return open.get();
  }

  /** How often the queue was full. */
  long closings() {
    return closings.get();
  }
}
