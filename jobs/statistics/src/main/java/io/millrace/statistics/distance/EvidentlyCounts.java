package io.millrace.statistics.distance;

import io.millrace.statistics.hypothesis.ChiSquare;
import io.millrace.statistics.hypothesis.ProportionZ;
import java.util.Arrays;

/** Counts of the values or bins of two samples, with evidently's scores. */
final class EvidentlyCounts {

  private final AlignedCounts counts;

  EvidentlyCounts(AlignedCounts counts) {
    requireSome(counts.reference(), "reference");
    requireSome(counts.current(), "current");
    this.counts = counts;
  }

  /** By both samples' distinct values, and the reference's size. */
  EvidentlyTest defaultTest() {
    if (Arrays.stream(counts.reference()).sum() > EvidentlyProfile.SMALL_REFERENCE) {
      return EvidentlyTest.JENSEN_SHANNON;
    }
    return distinct() > 2 ? EvidentlyTest.CHI_SQUARE : EvidentlyTest.Z;
  }

  long distinct() {
    return counts.size();
  }

  long distinctOfReference() {
    return Arrays.stream(counts.reference()).filter(count -> count > 0).count();
  }

  double score(EvidentlyTest test) {
    double[] p = counts.referenceShares();
    double[] q = counts.currentShares();
    return switch (test) {
      case PSI -> Psi.of(p, q);
      case KULLBACK_LEIBLER -> KullbackLeibler.of(p, q);
      case JENSEN_SHANNON -> JensenShannon.distance(p, q, LogBase.NATURAL);
      case HELLINGER -> Hellinger.ofCoefficient(p, q);
      case CHI_SQUARE -> ChiSquare.ofReference(counts.reference(), counts.current()).pValue();
      case Z -> z().pValue();
      case WASSERSTEIN, KOLMOGOROV_SMIRNOV, MANN_WHITNEY ->
          throw new IllegalArgumentException(test + " is of numbers, found categories");
    };
  }

  /** Of the share of all but the smallest value. */
  private ProportionZ z() {
    long[] reference = counts.reference();
    long[] current = counts.current();
    long n1 = Arrays.stream(reference).sum();
    long n2 = Arrays.stream(current).sum();
    return ProportionZ.of(n1 - reference[0], n1, n2 - current[0], n2);
  }

  private static void requireSome(long[] counts, String which) {
    if (Arrays.stream(counts).sum() == 0) {
      throw new IllegalArgumentException(
          "The %s sample is empty, expected at least one value".formatted(which));
    }
  }
}
