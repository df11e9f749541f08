package io.millrace.inference.metrics;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Numbers by name and labels, as a scrape has them: {@code name{label="value",...}}. */
final class ShownMeters implements Meters {

  private final Map<String, Supplier<? extends Number>> shown = new TreeMap<>();

  @Override
  public void show(String name, Supplier<? extends Number> value, String... labels) {
    StringBuilder series = new StringBuilder(name);
    for (int i = 0; i < labels.length; i += 2) {
      series
          .append(i == 0 ? '{' : ',')
          .append(labels[i])
          .append("=\"")
          .append(labels[i + 1])
          .append('"');
    }
    String key = labels.length == 0 ? name : series.append('}').toString();
    if (shown.put(key, value) != null) {
      throw new IllegalStateException(key + " is shown twice");
    }
  }

  double value(String series) {
    Supplier<? extends Number> value = shown.get(series);
    if (value == null) {
      throw new IllegalArgumentException(
          "no series " + series + ", expected one of " + shown.keySet());
    }
    return value.get().doubleValue();
  }

  /** What is not 0, of all whose names begin so. */
  Map<String, Double> counted(String prefix) {
    Map<String, Double> counted = new TreeMap<>();
    shown.forEach(
        (series, value) -> {
          if (series.startsWith(prefix) && value.get().doubleValue() != 0) {
            counted.put(series, value.get().doubleValue());
          }
        });
    return counted;
  }

  Iterable<String> series() {
    return shown.keySet();
  }
}
