package io.millrace.statistics.window;

import io.millrace.statistics.profile.ReferenceProfile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * Rows of a made-up version: eight numbers, a label of 20 classes and a vector of 16 components.
 */
final class Rows {

  static final int CLASSES = 20;
  static final int COMPONENTS = 16;

  private Rows() {}

  /** How the rows of a window differ from those of the reference. */
  record Shift(double token, double confidence, double label, double vector) {

    static final Shift NONE = new Shift(0, 0, 0, 0);
  }

  static List<Row> draw(int n, Shift shift, RandomGenerator random) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      rows.add(row(shift, random));
    }
    return rows;
  }

  static List<Row> draw(int n, long seed) {
    return draw(n, Shift.NONE, new SplittableRandom(seed));
  }

  private static Row row(Shift shift, RandomGenerator random) {
    Map<String, Double> numbers = new TreeMap<>();
    double length = Math.exp(2.4 + 0.5 * random.nextGaussian() + shift.token());
    numbers.put("token_count", Math.ceil(length) + 2);
    numbers.put("character_count", Math.ceil(length * (4 + random.nextDouble())));
    numbers.put("unknown_share", random.nextInt(20) == 0 ? random.nextDouble() * 0.1 : 0.0);
    numbers.put("digit_share", Math.max(0, 0.05 * random.nextGaussian()));
    numbers.put("punctuation_share", random.nextDouble() * random.nextDouble() * 0.2);
    double confidence = 1 - Math.pow(random.nextDouble(), 3 - shift.confidence()) * 0.95;
    numbers.put("confidence", confidence);
    numbers.put("entropy", (1 - confidence) * (1 + 0.2 * random.nextGaussian()));
    numbers.put("output_norm", 1 + 0.1 * random.nextGaussian());
    // The rarest class has a tenth of the commonest one's rows.
    int label = (int) (CLASSES * Math.pow(random.nextDouble(), 1.4 + shift.label()));
    float[] vector = new float[COMPONENTS];
    double common = random.nextGaussian();
    for (int i = 0; i < COMPONENTS; i++) {
      vector[i] = (float) (common + random.nextGaussian() + (i < 4 ? shift.vector() : 0));
    }
    return new Row(numbers, Map.of("label", "class " + label), Map.of("embedding", vector));
  }

  static ReferenceProfile profile(List<Row> rows) {
    Map<String, double[]> numbers = new TreeMap<>();
    for (String feature : rows.get(0).numbers().keySet()) {
      numbers.put(feature, rows.stream().mapToDouble(row -> row.numbers().get(feature)).toArray());
    }
    return ReferenceProfile.of(
        numbers,
        Map.of("label", rows.stream().map(row -> row.categories().get("label")).toList()),
        Map.of("embedding", rows.stream().map(row -> row.vectors().get("embedding")).toList()));
  }

  static FeatureSummaries summary(List<Row> rows, ReferenceProfile profile) {
    FeatureSummaries summary = FeatureSummaries.of(profile);
    rows.forEach(summary::add);
    return summary;
  }
}
