package io.millrace.statistics.window;

import java.util.Map;

/**
 * What one row of an item looked like and what the model said of it: what a window counts.
 *
 * @param numbers by feature; NaN, infinite or absent counts as missing
 * @param categories by feature
 * @param vectors by feature; not to be changed
 */
public record Row(
    Map<String, Double> numbers, Map<String, String> categories, Map<String, float[]> vectors) {}
