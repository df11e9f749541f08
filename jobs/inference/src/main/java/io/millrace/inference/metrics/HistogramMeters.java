package io.millrace.inference.metrics;

import io.millrace.models.runtime.Histogram;
import java.util.Arrays;
import java.util.function.Supplier;

/**
 * Shows a histogram as Prometheus knows one: cumulative counts with the label {@code le}, a sum and
 * a count.
 */
public final class HistogramMeters {

  private HistogramMeters() {}

  /**
   * Shows a histogram.
   *
   * @param histogram may be another one each time, with the same bounds
   * @param scale how many of the histogram's units make one of the unit of the name
   * @param labels names and values by turns
   */
  public static void show(
      Meters meters, String name, Supplier<Histogram> histogram, double scale, String... labels) {
    Histogram shape = histogram.get();
    for (int i = 0; i < shape.buckets(); i++) {
      int bucket = i;
      String[] withBound = Arrays.copyOf(labels, labels.length + 2);
      withBound[labels.length] = "le";
      withBound[labels.length + 1] = bound(shape.bound(i), scale);
      meters.show(name + "_bucket", () -> histogram.get().countUpTo(bucket), withBound);
    }
    meters.show(name + "_sum", () -> histogram.get().sum() / scale, labels);
    meters.show(name + "_count", () -> histogram.get().count(), labels);
  }

  /** As Prometheus itself writes bounds, so that those of all sources are equal as text. */
  private static String bound(long bound, double scale) {
    return bound == Long.MAX_VALUE ? "+Inf" : Double.toString(bound / scale);
  }
}
