package io.millrace.models.features;

import io.millrace.models.Features;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/** Gathers the features of one row. What is not wanted is not computed. */
public final class RowFeatures {

  private final Set<String> wanted;
  private final Map<String, Double> numbers = new HashMap<>();
  private final Map<String, String> categories = new HashMap<>();
  private final Map<String, float[]> vectors = new HashMap<>();

  /**
   * @param wanted names of the features that are kept
   */
  public RowFeatures(Set<String> wanted) {
    this.wanted = wanted;
  }

  /** Adds a number; one that is not finite becomes NaN, a number that the row has not. */
  public RowFeatures number(String name, DoubleSupplier value) {
    if (wanted.contains(name)) {
      double number = value.getAsDouble();
      numbers.put(name, Double.isFinite(number) ? number : Double.NaN);
    }
    return this;
  }

  public RowFeatures category(String name, Supplier<String> value) {
    if (wanted.contains(name)) {
      categories.put(name, value.get());
    }
    return this;
  }

  public RowFeatures vector(String name, Supplier<float[]> value) {
    if (wanted.contains(name)) {
      vectors.put(name, value.get());
    }
    return this;
  }

  public Features build() {
    return new Features(numbers, categories, vectors);
  }
}
