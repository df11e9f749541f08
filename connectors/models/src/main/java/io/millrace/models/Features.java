package io.millrace.models;

import java.util.Map;

/**
 * What one row of an item looked like and what the model said of it: what drift is measured on.
 * Names are those of {@code features} in {@code model.yaml}. Holds no text and no input as it came.
 *
 * @param numbers by name; finite, or NaN for a number that the row has not, like a share of the
 *     characters of an empty text
 * @param categories by name
 * @param vectors by name; shared, not to be changed
 */
public record Features(
    Map<String, Double> numbers, Map<String, String> categories, Map<String, float[]> vectors) {

  public Features {
    numbers = Map.copyOf(numbers);
    categories = Map.copyOf(categories);
    vectors = Map.copyOf(vectors);
  }
}
