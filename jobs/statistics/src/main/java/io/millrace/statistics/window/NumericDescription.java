package io.millrace.statistics.window;

/**
 * A numeric distribution in a few figures; the quantiles of a window come from its sketch.
 *
 * @param deviation of the population
 */
public record NumericDescription(
    double mean,
    double deviation,
    double min,
    double p05,
    double p25,
    double p50,
    double p75,
    double p95,
    double max) {}
