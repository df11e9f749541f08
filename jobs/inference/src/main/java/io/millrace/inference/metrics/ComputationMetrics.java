package io.millrace.inference.metrics;

import io.millrace.models.runtime.Histogram;
import io.millrace.models.runtime.Prediction;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/**
 * What becomes of the contents that a version is asked, those of shadows included: found in the
 * cache, or computed and how long that took. A version is known from its first answer, or its first
 * prepared input, on: clients can name any. Safe for use by several threads.
 */
public final class ComputationMetrics {

  private static final long NANOS_PER_MICRO = 1_000;

  private final Meters meters;
  private final LongSupplier ticker;
  private final ByVersion<OfVersion> versions = new ByVersion<>(this::shown);

  /** What is counted of a version. */
  private record OfVersion(
      LongAdder hits, LongAdder misses, Histogram prepare, Histogram batchWait, Histogram infer) {}

  /**
   * @param meters where it shows them
   * @param ticker nanoseconds
   */
  public ComputationMetrics(Meters meters, LongSupplier ticker) {
    this.meters = meters;
    this.ticker = ticker;
  }

  /** The time from which a preparation counts, in nanoseconds. */
  public long now() {
    return ticker.getAsLong();
  }

  /** The cache had the answer. */
  public void found(String model, String version) {
    versions.of(model, version).hits().increment();
  }

  /**
   * A content is ready for a batch.
   *
   * @param since when it was taken up, of {@link #now}
   * @param missed whether it was looked for in the cache
   */
  public void prepared(String model, String version, long since, boolean missed) {
    OfVersion counts = versions.of(model, version);
    counts.prepare().record((ticker.getAsLong() - since) / NANOS_PER_MICRO);
    if (missed) {
      counts.misses().increment();
    }
  }

  /** The model answered. */
  public void computed(String model, String version, Prediction prediction) {
    OfVersion counts = versions.of(model, version);
    counts.batchWait().record(prediction.batchWait().toNanos() / NANOS_PER_MICRO);
    counts.infer().record(prediction.batchTime().toNanos() / NANOS_PER_MICRO);
  }

  private OfVersion shown(String model, String version) {
    OfVersion counts =
        new OfVersion(
            new LongAdder(), new LongAdder(), Latency.coarse(), Latency.coarse(), Latency.coarse());
    showLookups(counts.hits(), model, version, "hit");
    showLookups(counts.misses(), model, version, "miss");
    StageMeters.show(meters, Stage.PREPARE, counts.prepare(), model, version);
    StageMeters.show(meters, Stage.BATCH_WAIT, counts.batchWait(), model, version);
    StageMeters.show(meters, Stage.INFER, counts.infer(), model, version);
    return counts;
  }

  private void showLookups(LongAdder count, String model, String version, String outcome) {
    meters.show(
        "millrace_cache_lookups_total",
        count::sum,
        "model",
        model,
        "version",
        version,
        "outcome",
        outcome);
  }
}
