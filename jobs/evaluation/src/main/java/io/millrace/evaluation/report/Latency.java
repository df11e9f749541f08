package io.millrace.evaluation.report;

import io.millrace.statistics.evaluation.Quantiles;
import java.util.Collection;

/**
 * Quantiles in seconds; NaN when there was nothing to measure.
 *
 * @param n that they are of
 */
public record Latency(int n, double p50, double p95, double p99) {

  public static Latency of(Collection<Double> seconds) {
    Quantiles quantiles =
        new Quantiles(seconds.stream().mapToDouble(Double::doubleValue).toArray());
    return new Latency(seconds.size(), quantiles.at(0.5), quantiles.at(0.95), quantiles.at(0.99));
  }
}
