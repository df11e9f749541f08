package io.millrace.statistics.profile;

import io.millrace.statistics.distance.Hellinger;
import io.millrace.statistics.distance.JensenShannon;
import io.millrace.statistics.distance.LogBase;
import io.millrace.statistics.distance.Shares;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/** The thresholds of a numeric feature, from the distances of its chunks. */
final class NumericThresholds {

  private NumericThresholds() {}

  static SortedMap<String, Double> of(double[] values, BinEdges bins) {
    SortedMap<String, Double> thresholds = new TreeMap<>();
    List<double[]> chunks =
        Chunks.of(values.length).stream()
            .map(rows -> Arrays.stream(rows).mapToDouble(row -> values[row]).toArray())
            .toList();
    WeightedSample whole = WeightedSample.of(values);
    if (whole == null) {
      return thresholds;
    }
    double[] shares = Shares.of(bins.count(values));
    put(
        thresholds,
        DriftMethods.JENSEN_SHANNON,
        chunks,
        chunk -> JensenShannon.distance(shares, Shares.of(bins.count(chunk)), LogBase.TWO));
    put(
        thresholds,
        DriftMethods.HELLINGER,
        chunks,
        chunk -> Hellinger.distance(shares, Shares.of(bins.count(chunk))));
    List<WeightedSample> samples = chunks.stream().map(WeightedSample::require).toList();
    put(thresholds, DriftMethods.KOLMOGOROV_SMIRNOV, samples, whole::largestDifference);
    double smallest =
        ScoreThreshold.SMALLEST_EFFECT * Math.max(Moments.of(values).deviation(), 0.001);
    thresholds.put(
        DriftMethods.WASSERSTEIN,
        ScoreThreshold.of(samples.stream().mapToDouble(whole::distance).toArray(), smallest));
    return thresholds;
  }

  private static <T> void put(
      SortedMap<String, Double> thresholds,
      String method,
      List<T> chunks,
      ToDoubleFunction<T> score) {
    double[] scores = chunks.stream().mapToDouble(score).toArray();
    thresholds.put(method, ScoreThreshold.of(scores, ScoreThreshold.SMALLEST_EFFECT));
  }
}
