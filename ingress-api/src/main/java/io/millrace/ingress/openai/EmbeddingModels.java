package io.millrace.ingress.openai;

import io.millrace.ingress.models.DeployedModels;
import io.millrace.ingress.models.RegisteredModels;
import io.millrace.ingress.problem.ProblemException;
import io.millrace.ingress.problem.ProblemType;
import jakarta.inject.Singleton;

/** The deployed models that make embeddings. */
@Singleton
final class EmbeddingModels {

  private final DeployedModels deployed;
  private final RegisteredModels registered;

  EmbeddingModels(DeployedModels deployed, RegisteredModels registered) {
    this.deployed = deployed;
    this.registered = registered;
  }

  /**
   * Finds a model by what is registered of its version in production.
   *
   * @throws ProblemException {@code UNKNOWN_MODEL} when it is not deployed; {@code
   *     MODEL_NOT_EMBEDDING} when it makes no embeddings; {@code STARTING} when it is not known yet
   *     what is deployed
   */
  EmbeddingModel require(String model) {
    deployed.require(model);
    return deployed
        .production(model)
        .flatMap(version -> registered.find(model, version))
        .flatMap(EmbeddingModel::of)
        .orElseThrow(
            () ->
                new ProblemException(
                        ProblemType.MODEL_NOT_EMBEDDING,
                        "expected a model that is registered for text-embedding; GET /v1/models"
                            + " tells the task of each")
                    .at("/model"));
  }
}
