package io.millrace.ingress.deployments;

import io.millrace.ingress.models.DeployedModels;
import io.millrace.ingress.models.DeploymentState;
import io.millrace.ingress.problem.ProblemException;
import io.millrace.ingress.problem.ProblemType;
import jakarta.inject.Singleton;

/** The deployments of models. */
@Singleton
public final class Deployments {

  private final DeployedModels deployed;

  Deployments(DeployedModels deployed) {
    this.deployed = deployed;
  }

  /**
   * How a model is deployed.
   *
   * @throws ProblemException {@code UNKNOWN_MODEL} when it is not; {@code STARTING} when that is
   *     not known yet
   */
  public DeploymentState get(String model) {
    deployed.requireCaughtUp();
    return deployed
        .state(model)
        .orElseThrow(
            () ->
                new ProblemException(
                    ProblemType.UNKNOWN_MODEL,
                    "No model of this name is deployed; GET /v1/models lists them."));
  }
}
