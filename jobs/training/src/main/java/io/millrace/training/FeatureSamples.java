package io.millrace.training;

import io.millrace.models.Answer;
import io.millrace.models.Features;
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
 * <p>All of it is of the held-out rows, as NannyML has it too: the model is surer of texts that it
 * has learnt by heart than it will ever be of new ones, and what texts and answers look like then
 * is of the same rows.
 *
 * @see <a
 *     href="https://nannyml.readthedocs.io/en/stable/tutorials/data_requirements.html">NannyML's
 *     data requirements</a>: the reference period is not the training set
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
   * @param answered its answers to the held-out rows
   */
  static ReferenceProfile profile(List<String> features, List<Answer> answered) {
    List<Features> rows = rows(answered);
    FeatureSamples samples = new FeatureSamples();
    features.forEach(feature -> samples.add(feature, rows));
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
