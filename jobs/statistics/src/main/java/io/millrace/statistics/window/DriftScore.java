package io.millrace.statistics.window;

import org.jspecify.annotations.Nullable;

/**
 * How far a window is from its reference, by one measure.
 *
 * @param method of those in {@link io.millrace.statistics.profile.DriftMethods}
 * @param threshold at and above which the value is a drift; null for a score without one
 * @param pValue of the test that belongs to it; null for none
 * @param adjustedPValue by Benjamini and Hochberg over the features of the window; null for a test
 *     that does not decide
 * @param approximate whether it comes from a sketch
 */
public record DriftScore(
    String method,
    DriftConvention convention,
    double value,
    @Nullable Double threshold,
    @Nullable Double pValue,
    @Nullable Double adjustedPValue,
    boolean approximate) {}
