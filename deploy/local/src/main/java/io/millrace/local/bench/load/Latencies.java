package io.millrace.local.bench.load;

import io.millrace.local.bench.frame.Figures;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * Times that were measured from when something was due, so that a server that holds up its clients
 * does not look fast. Three significant digits. Safe for use by several threads.
 */
public final class Latencies {

  private static final long LONGEST_MICROS = 3_600_000_000L;
  private static final double MICROS_PER_MILLI = 1e3;

  private final Histogram micros = new ConcurrentHistogram(LONGEST_MICROS, 3);

  /** Notes a time; what took longer than an hour took an hour. */
  public void add(long nanos) {
    micros.recordValue(Math.max(0, Math.min(LONGEST_MICROS, nanos / 1_000)));
  }

  public long count() {
    return micros.getTotalCount();
  }

  /**
   * The time that this share of all took at most, in milliseconds.
   *
   * @param share 0 to 1
   */
  public double millis(double share) {
    return micros.getValueAtPercentile(share * 100) / MICROS_PER_MILLI;
  }

  /** Percentiles, in milliseconds: {@code p50_ms}, {@code p95_ms}, {@code p99_ms}. */
  public Figures figures() {
    return Figures.of("p50_ms", millis(0.5))
        .with("p95_ms", millis(0.95))
        .with("p99_ms", millis(0.99));
  }
}
