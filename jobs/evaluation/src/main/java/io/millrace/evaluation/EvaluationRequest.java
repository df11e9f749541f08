package io.millrace.evaluation;

import io.millrace.evaluation.report.EvaluationLimits;
import io.millrace.evaluation.speed.SpeedPlan;
import java.nio.file.Path;

/**
 * What is to be evaluated.
 *
 * @param repository directory of the model packages
 * @param candidate the version that wants to be production's successor
 * @param production the version that it is held against
 */
public record EvaluationRequest(
    Path repository,
    String model,
    String candidate,
    String production,
    LabelledData data,
    EvaluationLimits limits,
    SpeedPlan speed) {

  /** With the default limits and speed plan. */
  public EvaluationRequest(
      Path repository, String model, String candidate, String production, LabelledData data) {
    this(
        repository,
        model,
        candidate,
        production,
        data,
        EvaluationLimits.DEFAULT,
        SpeedPlan.DEFAULT);
  }
}
