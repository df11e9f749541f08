package io.millrace.inference.rollout;

import java.util.Map;
import java.util.TreeMap;

/**
 * How long the version in production takes to answer, in bins that are 5% wide. Old answers count
 * less: whenever there are 20,000 the counts are halved.
 *
 * @param version whose answers they are
 * @param counts by bin: the logarithm of the seconds to the base 1.05, rounded up
 */
public record LatencyBaseline(String version, Map<Integer, Long> counts) {

  static final LatencyBaseline NONE = new LatencyBaseline("", Map.of());

  /** Answers from which the 99th percentile is known: five are above it. */
  private static final long MIN_ANSWERS = 500;

  private static final long MAX_ANSWERS = 20_000;
  private static final double BIN = Math.log(1.05);
  private static final double SHORTEST_SECONDS = 1e-6;
  private static final double PERCENTILE = 0.99;
  private static final double ALLOWANCE = 1.3;

  public LatencyBaseline {
    counts = Map.copyOf(counts);
  }

  /** With one answer more; one of another version begins anew. */
  LatencyBaseline plus(String answering, double seconds) {
    Map<Integer, Long> next = new TreeMap<>(answering.equals(version) ? counts : Map.of());
    next.merge(bin(seconds), 1L, Long::sum);
    if (total(next) >= MAX_ANSWERS) {
      next.replaceAll((bin, count) -> count / 2);
      next.values().removeIf(count -> count == 0);
    }
    return new LatencyBaseline(answering, next);
  }

  boolean isEnoughFor(String production) {
    return production.equals(version) && total(counts) >= MIN_ANSWERS;
  }

  /** 1.3 times the 99th percentile, in seconds; at most 5% too long. */
  double thresholdSeconds() {
    long rank = (long) Math.ceil(total(counts) * PERCENTILE);
    long below = 0;
    for (Map.Entry<Integer, Long> entry : new TreeMap<>(counts).entrySet()) {
      below += entry.getValue();
      if (below >= rank) {
        return ALLOWANCE * Math.exp(entry.getKey() * BIN);
      }
    }
    throw new IllegalStateException("No answers were observed");
  }

  private static int bin(double seconds) {
    return (int) Math.ceil(Math.log(Math.max(seconds, SHORTEST_SECONDS)) / BIN);
  }

  private static long total(Map<Integer, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }
}
