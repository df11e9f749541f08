package io.millrace.statistics.window;

import org.jspecify.annotations.Nullable;

/**
 * One bin that reference and window share.
 *
 * @param lower null for a category, or for what lies outside of the reference's edges
 * @param upper null when lower is
 * @param category null for a numeric bin; {@link #OTHERS} for those that are not shown by
 *     themselves
 * @param contribution what it adds to the Jensen-Shannon divergence, base 2; they sum to the square
 *     of the distance
 */
public record DriftBin(
    @Nullable Double lower,
    @Nullable Double upper,
    @Nullable String category,
    double referenceShare,
    double share,
    double contribution) {

  /** Stands for all that have no name of their own; in brackets, as "other" is a usual label. */
  public static final String OTHERS = "(other)";
}
