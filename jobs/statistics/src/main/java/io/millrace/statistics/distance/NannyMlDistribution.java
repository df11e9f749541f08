package io.millrace.statistics.distance;

/**
 * A reference's cumulative distribution as NannyML keeps it: whole, or in bins when it is large.
 */
interface NannyMlDistribution {

  /** From this size on in bins. */
  int BINNED_FROM = 10_000;

  /** Of at least one finite number. */
  static NannyMlDistribution of(double[] reference) {
    return reference.length < BINNED_FROM
        ? new WholeDistribution(reference)
        : new BinnedDistribution(reference);
  }

  /** The largest difference of the cumulative shares. */
  double kolmogorovSmirnov(double[] current);

  /** The area between the cumulative shares. */
  double wasserstein(double[] current);
}
