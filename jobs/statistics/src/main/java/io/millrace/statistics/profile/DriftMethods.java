package io.millrace.statistics.profile;

/** Names of scores: in profiles, reports, metrics and configuration. */
public final class DriftMethods {

  public static final String JENSEN_SHANNON = "jensen_shannon";
  public static final String HELLINGER = "hellinger";
  public static final String PSI = "psi";
  public static final String WASSERSTEIN = "wasserstein";
  public static final String KOLMOGOROV_SMIRNOV = "kolmogorov_smirnov";
  public static final String CHI_SQUARE = "chi_square";
  public static final String L_INFINITY = "l_infinity";

  /** Distance of the mean vectors over the reference's total standard deviation. */
  public static final String MEAN_DISTANCE = "mean_distance";

  /** Share of a vector's components whose means differ significantly. */
  public static final String COMPONENT_SHARE = "component_share";

  /** The squared maximum mean discrepancy, unbiased. */
  public static final String MMD = "mmd";

  private DriftMethods() {}
}
