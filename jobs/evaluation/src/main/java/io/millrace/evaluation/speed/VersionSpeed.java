package io.millrace.evaluation.speed;

import io.millrace.statistics.evaluation.Quantiles;
import java.util.List;

/**
 * How fast one version is, alone.
 *
 * @param rowsPerSecond median of the rounds: many rows at once, in batches as the runtime makes
 *     them
 * @param rounds of the throughput, in rows a second
 * @param latencySeconds of one item after the other, medians of the rounds' quantiles
 */
public record VersionSpeed(double rowsPerSecond, List<Double> rounds, Latency latencySeconds) {

  public VersionSpeed {
    rounds = List.copyOf(rounds);
  }

  /** Quantiles. */
  public record Latency(double p50, double p95, double p99) {

    static Latency of(double[] seconds) {
      Quantiles quantiles = new Quantiles(seconds);
      return new Latency(quantiles.at(0.5), quantiles.at(0.95), quantiles.at(0.99));
    }
  }

  static VersionSpeed of(List<Double> rounds, List<Latency> latencies) {
    return new VersionSpeed(
        median(rounds),
        rounds,
        new Latency(
            median(latencies.stream().map(Latency::p50).toList()),
            median(latencies.stream().map(Latency::p95).toList()),
            median(latencies.stream().map(Latency::p99).toList())));
  }

  private static double median(List<Double> values) {
    return new Quantiles(values.stream().mapToDouble(Double::doubleValue).toArray()).at(0.5);
  }
}
