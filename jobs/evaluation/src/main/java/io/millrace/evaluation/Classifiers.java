package io.millrace.evaluation;

import io.millrace.evaluation.ask.Models;
import io.millrace.models.ModelLoadException;
import io.millrace.models.ModelVersion;
import io.millrace.models.packages.ModelManifest.Task;
import io.millrace.models.packages.ModelPackage;

/** Opens packages that can be compared. */
public final class Classifiers {

  private Classifiers() {}

  /**
   * Opens one and verifies it.
   *
   * @throws EvaluationException when it is missing, damaged or no classifier
   */
  public static ModelPackage open(Models models, String model, String version)
      throws EvaluationException {
    try {
      ModelPackage found = models.packages().open(new ModelVersion(model, version));
      if (found.manifest().task() != Task.TEXT_CLASSIFICATION) {
        throw new EvaluationException(
            "%s %s is no classifier: its task is %s, expected text-classification"
                .formatted(model, version, found.manifest().task()));
      }
      return found;
    } catch (ModelLoadException e) {
      throw new EvaluationException(String.valueOf(e.getMessage()), e);
    } catch (IllegalArgumentException e) {
      throw new EvaluationException("%s %s: %s".formatted(model, version, e.getMessage()), e);
    }
  }
}
