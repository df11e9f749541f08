package io.millrace.statistics.window;

import io.millrace.statistics.distance.Mmd;
import io.millrace.statistics.hypothesis.BenjaminiHochberg;
import io.millrace.statistics.profile.DriftMethods;
import io.millrace.statistics.profile.VectorMoments;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.jspecify.annotations.Nullable;

/**
 * A vector, such as an embedding, in a window beside its reference. The decisive distance is that
 * of the mean vectors, which all rows count for; the deciding test is the kernel test on samples of
 * both, which knows how the components hang together.
 */
final class VectorComparison {

  /** The same permutations for each window: nothing is gained by others. */
  private static final long SEED = 0x6d6d64L;

  private static final NormalDistribution STANDARD = NormalDistribution.of(0, 1);

  private VectorComparison() {}

  static Comparison compare(
      String feature,
      VectorDistribution reference,
      Map<String, Double> thresholds,
      VectorDistribution window,
      DriftRule rule) {
    boolean comparable = isComparable(reference, window);
    Mmd mmd =
        comparable
            ? Mmd.of(
                window.vectors(),
                reference.vectors(),
                rule.permutations(),
                new SplittableRandom(SEED))
            : null;
    return new Comparison(
        feature,
        FeatureKind.EMBEDDING,
        window.n(),
        reference.n(),
        DriftMethods.MEAN_DISTANCE,
        mmd == null ? List.of() : scores(reference, thresholds, window, mmd, rule),
        mmd == null ? null : Double.valueOf(mmd.pValue()),
        List.of(),
        null,
        null);
  }

  /** The scores that thresholds of a trailing reference are made for. */
  static SortedMap<String, Double> chunkScores(
      VectorDistribution reference, VectorDistribution chunk) {
    SortedMap<String, Double> scores = new TreeMap<>();
    if (isComparable(reference, chunk)) {
      scores.put(DriftMethods.MEAN_DISTANCE, meanDistance(reference, chunk));
    }
    return scores;
  }

  private static boolean isComparable(VectorDistribution reference, VectorDistribution window) {
    return reference.sample().size() > 1
        && window.sample().size() > 1
        && reference.moments().components() == window.moments().components();
  }

  private static List<DriftScore> scores(
      VectorDistribution reference,
      Map<String, Double> thresholds,
      VectorDistribution window,
      Mmd mmd,
      DriftRule rule) {
    return List.of(
        score(
            DriftMethods.MEAN_DISTANCE,
            meanDistance(reference, window),
            Comparison.threshold(DriftMethods.MEAN_DISTANCE, thresholds),
            null),
        score(
            DriftMethods.COMPONENT_SHARE,
            componentShare(reference.moments(), window.moments(), rule.alpha()),
            null,
            null),
        score(DriftMethods.MMD, mmd.squared(), thresholds.get(DriftMethods.MMD), mmd.pValue()));
  }

  private static DriftScore score(
      String method, double value, @Nullable Double threshold, @Nullable Double pValue) {
    return new DriftScore(method, DriftConvention.MILLRACE, value, threshold, pValue, null, false);
  }

  private static double meanDistance(VectorDistribution reference, VectorDistribution window) {
    return VectorMoments.meanDistance(
        reference.moments().mean(), reference.moments().variance(), window.moments().mean());
  }

  /** By z-tests of the two means, adjusted over the components. */
  private static double componentShare(
      VectorMoments reference, VectorMoments window, double alpha) {
    double[] pValues = new double[reference.components()];
    double[] before = reference.mean();
    double[] after = window.mean();
    double[] variance = reference.variance();
    double[] windowVariance = window.variance();
    for (int i = 0; i < pValues.length; i++) {
      double error = Math.sqrt(variance[i] / reference.n() + windowVariance[i] / window.n());
      double difference = Math.abs(after[i] - before[i]);
      double z = difference == 0 ? 0 : difference / error;
      pValues[i] = 2 * STANDARD.survivalProbability(z);
    }
    return Arrays.stream(BenjaminiHochberg.adjust(pValues)).filter(p -> p < alpha).count()
        / (double) pValues.length;
  }
}
