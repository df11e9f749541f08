package io.millrace.ingress.models;

import io.millrace.schemas.avro.Deployment;
import java.time.Instant;

/** Deployed models for tests of other packages. */
public final class DeployedModelsFixture {

  private DeployedModelsFixture() {}

  /** One model is deployed, and nothing else is to be read. */
  public static DeployedModels withModel(String model) {
    RolloutHistory rollouts = new RolloutHistory();
    rollouts.markCaughtUp();
    DeployedModels models = new DeployedModels(rollouts);
    models.put(
        Deployment.newBuilder()
            .setModel(model)
            .setVersion("1.0.0")
            .setRevision(1)
            .setUpdatedAt(Instant.EPOCH)
            .build());
    models.markCaughtUp();
    return models;
  }
}
