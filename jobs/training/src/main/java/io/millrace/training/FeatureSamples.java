package io.millrace.training;

import io.millrace.models.Answer;
import io.millrace.models.Features;
import io.millrace.models.features.FeatureNames;
import io.millrace.statistics.profile.ReferenceProfile;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Makes the reference profile of the features that the engine took, as it takes them when the model
 * serves.
 *
 * <p>What texts look like is of the training rows, which are more. What the model answers is of the
 * held-out rows: it is surer of texts that it has learnt by heart than it will ever be of new ones.
 */
final class FeatureSamples {

  private final SortedMap<String, double[]> numbers = new TreeMap<>();
  private final SortedMap<String, List<String>> categories = new TreeMap<>();
  private final SortedMap<String, List<float[]>> vectors = new TreeMap<>();

  private FeatureSamples() {}

  /**
   * The profile of a classifier, without its calibration.
   *
   * @param features that the model declares
   * @param embedded the encoder's answers to the training rows
   * @param answered the classifier's answers to the held-out rows
   */
  static ReferenceProfile profile(
      List<String> features, List<Answer> embedded, List<Answer> answered) {
    List<Features> texts = rows(embedded);
    List<Features> answers = rows(answered);
    FeatureSamples samples = new FeatureSamples();
    for (String feature : features) {
      samples.add(feature, FeatureNames.OF_CLASSES.contains(feature) ? answers : texts);
    }
    return ReferenceProfile.of(samples.numbers, samples.categories, samples.vectors);
  }

  private static List<Features> rows(List<Answer> answers) {
    return answers.stream().flatMap(answer -> answer.features().stream()).toList();
  }

  private void add(String feature, List<Features> rows) {
    Features first = rows.get(0);
    if (first.numbers().containsKey(feature)) {
      numbers.put(
          feature,
          rows.stream()
              .mapToDouble(row -> Objects.requireNonNull(row.numbers().get(feature)))
              .toArray());
    } else if (first.categories().containsKey(feature)) {
      List<String> values = new ArrayList<>();
      rows.forEach(row -> values.add(Objects.requireNonNull(row.categories().get(feature))));
      categories.put(feature, values);
    } else {
      List<float[]> values = new ArrayList<>();
      rows.forEach(row -> values.add(Objects.requireNonNull(row.vectors().get(feature))));
      vectors.put(feature, values);
    }
  }
}
