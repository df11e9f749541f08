package io.millrace.models.packages;

import io.millrace.models.features.FeatureNames;
import io.millrace.models.packages.ModelManifest.Task;
import io.millrace.schemas.avro.Datatype;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Which features a model can have, and which it has when its manifest does not say. */
final class FeatureRules {

  /** Columns of a tensor model's inputs at most: each is a distribution in every window. */
  static final int MAX_COLUMNS = 50;

  private static final Set<Datatype> FLOATS = Set.of(Datatype.FP32, Datatype.FP64);

  private FeatureRules() {}

  /** The features of a manifest that has no key {@code features}. */
  static List<String> defaults(ModelManifest manifest) {
    List<String> names = new ArrayList<>();
    if (manifest.task() == Task.TENSOR) {
      InputColumn.first(manifest, MAX_COLUMNS).forEach(column -> names.add(column.name()));
      if (hasNorm(manifest) && !names.contains(FeatureNames.OUTPUT_NORM)) {
        names.add(FeatureNames.OUTPUT_NORM);
      }
      return List.copyOf(names);
    }
    names.addAll(FeatureNames.OF_TEXTS);
    if (manifest.task() == Task.TEXT_CLASSIFICATION) {
      names.addAll(FeatureNames.OF_CLASSES);
    }
    // No norm of an encoder's answers: they are unit vectors.
    names.add(FeatureNames.EMBEDDING);
    return List.copyOf(names);
  }

  /**
   * @throws IllegalArgumentException names a feature that the model cannot have and those that it
   *     can
   */
  static void check(ModelManifest manifest, List<String> features) {
    Set<String> names = new HashSet<>();
    int columns = 0;
    for (String feature : features) {
      if (!names.add(feature)) {
        throw refused("names once each, but '" + feature + "' is there twice");
      }
      boolean column = manifest.task() == Task.TENSOR && isColumn(manifest, feature);
      columns += column ? 1 : 0;
      if (!column && !fixed(manifest).contains(feature)) {
        throw refused("some of " + known(manifest) + ", but found '" + feature + "'");
      }
    }
    if (columns > MAX_COLUMNS) {
      throw refused("at most " + MAX_COLUMNS + " columns of inputs, but there are " + columns);
    }
  }

  private static boolean isColumn(ModelManifest manifest, String feature) {
    return InputColumn.of(manifest, feature).isPresent();
  }

  private static String known(ModelManifest manifest) {
    List<String> known = new ArrayList<>(fixed(manifest));
    if (manifest.task() == Task.TENSOR) {
      known.addAll(InputColumn.ranges(manifest));
    }
    return known.stream().collect(Collectors.joining(", ", "[", "]"));
  }

  /** The names that do not come from the signature. */
  private static List<String> fixed(ModelManifest manifest) {
    if (manifest.task() == Task.TENSOR) {
      return hasNorm(manifest) ? List.of(FeatureNames.OUTPUT_NORM) : List.of();
    }
    List<String> names = new ArrayList<>(defaults(manifest));
    if (!names.contains(FeatureNames.OUTPUT_NORM)) {
      names.add(FeatureNames.OUTPUT_NORM);
    }
    return names;
  }

  private static boolean hasNorm(ModelManifest manifest) {
    return manifest.outputs().stream().anyMatch(output -> FLOATS.contains(output.datatype()));
  }

  private static IllegalArgumentException refused(String expected) {
    return new IllegalArgumentException("key 'features': expected " + expected);
  }
}
