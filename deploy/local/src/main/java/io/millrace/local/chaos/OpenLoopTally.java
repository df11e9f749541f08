package io.millrace.local.chaos;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How the calls of an open loop were answered. Safe for use by several threads. */
final class OpenLoopTally {

  private static final int FIRST_CALLS = 1_024;

  private final Map<Integer, Long> statuses = new TreeMap<>();
  private long unanswered;
  private long withoutRetryAfter;
  private int calls;
  private long[] nanos = new long[FIRST_CALLS];
  private long[] lateNanos = new long[FIRST_CALLS];

  synchronized void answered(int status, @Nullable String retryAfter) {
    statuses.merge(status, 1L, Long::sum);
    boolean refusal = status == 429 || status == 503;
    if (refusal && (retryAfter == null || !retryAfter.matches("[1-9]\\d*"))) {
      withoutRetryAfter++;
    }
  }

  synchronized void unanswered() {
    unanswered++;
  }

  /**
   * Notes a call.
   *
   * @param total from when it was due to its answer
   * @param late from when it was due to when it was sent
   */
  synchronized void took(long total, long late) {
    if (calls == nanos.length) {
      nanos = Arrays.copyOf(nanos, 2 * calls);
      lateNanos = Arrays.copyOf(lateNanos, 2 * calls);
    }
    nanos[calls] = total;
    lateNanos[calls] = late;
    calls++;
  }

  synchronized int calls() {
    return calls;
  }

  /** Calls that were neither accepted nor told to come again, or not answered at all. */
  synchronized long broken() {
    return unanswered
        + statuses.entrySet().stream()
            .filter(entry -> entry.getKey() != 202 && entry.getKey() != 429)
            .filter(entry -> entry.getKey() != 503)
            .mapToLong(Map.Entry::getValue)
            .sum();
  }

  /** Refusals that do not say when to come again. */
  synchronized long withoutRetryAfter() {
    return withoutRetryAfter;
  }

  /** The statuses with their counts, for people. */
  synchronized String statuses() {
    return statuses.entrySet().stream()
        .map(entry -> "%,d times %d".formatted(entry.getValue(), entry.getKey()))
        .collect(Collectors.joining(", "));
  }

  /** The time from when a call was due to its answer that this part of them took at most, in ms. */
  synchronized double millis(double part) {
    return quantile(nanos, part);
  }

  /** The same from when a call was due to when it was sent: what the client took. */
  synchronized double lateMillis(double part) {
    return quantile(lateNanos, part);
  }

  private double quantile(long[] values, double part) {
    if (calls == 0) {
      return 0;
    }
    long[] sorted = Arrays.copyOf(values, calls);
    Arrays.sort(sorted);
    return sorted[Math.min(calls - 1, (int) Math.ceil(part * calls) - 1)] / 1e6;
  }
}
