package io.millrace.statistics.distance;

import io.millrace.statistics.hypothesis.KolmogorovSmirnov;

/** All values of a reference. */
final class WholeDistribution implements NannyMlDistribution {

  private final double[] reference;

  WholeDistribution(double[] reference) {
    this.reference = reference;
  }

  @Override
  public double kolmogorovSmirnov(double[] current) {
    return KolmogorovSmirnov.statistic(reference, current);
  }

  @Override
  public double wasserstein(double[] current) {
    return Wasserstein.distance(reference, current);
  }
}
