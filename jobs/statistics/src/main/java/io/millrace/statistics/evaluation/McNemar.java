package io.millrace.statistics.evaluation;

import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;

/**
 * McNemar's test of whether two classifiers are right equally often on the same rows. Only rows
 * that one of them alone got right count.
 *
 * <p>Below {@value #EXACT_BELOW} of them the two-sided exact binomial test, else chi-square with
 * continuity correction, (|b - c| - 1)^2 / (b + c) with one degree of freedom, as {@code
 * statsmodels.stats.contingency_tables.mcnemar} has both.
 *
 * @param productionOnly rows that production alone got right
 * @param candidateOnly rows that the candidate alone got right
 * @param exact whether the binomial test was taken
 * @param pValue of the hypothesis that neither is better; 1 without discordant rows
 * @see <a href="https://doi.org/10.1007/BF02295996">McNemar (1947), Psychometrika 12(2)</a>
 */
public record McNemar(int productionOnly, int candidateOnly, boolean exact, double pValue) {

  static final int EXACT_BELOW = 25;

  /** The test of these counts. */
  public static McNemar of(int productionOnly, int candidateOnly) {
    int discordant = productionOnly + candidateOnly;
    boolean exact = discordant < EXACT_BELOW;
    return new McNemar(
        productionOnly,
        candidateOnly,
        exact,
        exact
            ? binomial(Math.min(productionOnly, candidateOnly), discordant)
            : chiSquare(Math.abs(productionOnly - candidateOnly), discordant));
  }

  private static double binomial(int fewer, int discordant) {
    return Math.min(1, 2 * BinomialDistribution.of(discordant, 0.5).cumulativeProbability(fewer));
  }

  private static double chiSquare(int difference, int discordant) {
    double corrected = Math.max(0, difference - 1);
    return ChiSquaredDistribution.of(1).survivalProbability(corrected * corrected / discordant);
  }
}
