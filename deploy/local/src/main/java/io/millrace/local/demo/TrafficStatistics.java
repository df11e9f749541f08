package io.millrace.local.demo;

import io.millrace.local.data.Utterance;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.HdrHistogram.Histogram;

/**
 * What the client has seen so far: which jobs were accepted, how many are done and how long they
 * took. Safe for use by several threads.
 */
final class TrafficStatistics {

  private static final long HIGHEST_MICROS = TimeUnit.HOURS.toMicros(1);
  private static final int SIGNIFICANT_DIGITS = 3;

  private final LongSupplier nanoTicker;
  private final Map<String, Utterance> accepted = new HashMap<>();
  private final Histogram latencyMicros = new Histogram(HIGHEST_MICROS, SIGNIFICANT_DIGITS);
  private long startedAt;
  private long lastDoneAt;
  private long abandoned;
  private long refusals;

  TrafficStatistics(LongSupplier nanoTicker) {
    this.nanoTicker = nanoTicker;
    start();
  }

  /** Starts the clock again. */
  final synchronized void start() {
    startedAt = nanoTicker.getAsLong();
    lastDoneAt = startedAt;
  }

  /** The API took a job. */
  synchronized void accepted(String jobId, Utterance row) {
    accepted.put(jobId, row);
  }

  /** The client has the result of a job. */
  synchronized void done(Duration latency) {
    lastDoneAt = nanoTicker.getAsLong();
    latencyMicros.recordValue(Math.min(HIGHEST_MICROS, latency.toNanos() / 1_000));
  }

  /** The API asked to come back later. */
  synchronized void refused() {
    refusals++;
  }

  /** A request was given up: it was not accepted, or its result did not come in time. */
  synchronized void gaveUp() {
    abandoned++;
  }

  /** The rows of the accepted jobs by job id, as they are now. */
  synchronized Map<String, Utterance> acceptedJobs() {
    return Map.copyOf(accepted);
  }

  synchronized Snapshot snapshot() {
    long done = latencyMicros.getTotalCount();
    double seconds = (nanoTicker.getAsLong() - startedAt) / 1e9;
    return new Snapshot(
        accepted.size(),
        done,
        abandoned,
        refusals,
        seconds == 0 ? 0 : done / seconds,
        latency(50),
        latency(95),
        latency(99));
  }

  /** From the start to the last result seen. */
  synchronized Duration wallTime() {
    return Duration.ofNanos(lastDoneAt - startedAt);
  }

  private double latency(double percentile) {
    return latencyMicros.getTotalCount() == 0
        ? 0
        : latencyMicros.getValueAtPercentile(percentile) / 1e6;
  }

  /**
   * The figures at one time.
   *
   * @param accepted jobs that the API took
   * @param done results seen
   * @param gaveUp requests that ended without a result
   * @param refusals answers that asked to come back later
   * @param perSecond results a second since the start
   * @param p50 median latency in seconds; 0 before the first result, likewise p95 and p99
   */
  record Snapshot(
      long accepted,
      long done,
      long gaveUp,
      long refusals,
      double perSecond,
      double p50,
      double p95,
      double p99) {

    /** Requests that need no more work. */
    long ended() {
      return done + gaveUp;
    }
  }
}
