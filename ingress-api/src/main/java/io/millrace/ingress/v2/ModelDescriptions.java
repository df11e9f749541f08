package io.millrace.ingress.v2;

import io.millrace.ingress.models.DeployedModels;
import io.millrace.ingress.models.RegisteredModels;
import io.millrace.ingress.problem.ProblemException;
import io.millrace.ingress.problem.ProblemType;
import io.millrace.schemas.avro.ModelMetadata;
import jakarta.inject.Singleton;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Describes the deployed models. */
@Singleton
final class ModelDescriptions {

  /** The platform of a version that nobody registered. */
  private static final String UNKNOWN_PLATFORM = "unknown";

  private final DeployedModels deployed;
  private final RegisteredModels registered;

  ModelDescriptions(DeployedModels deployed, RegisteredModels registered) {
    this.deployed = deployed;
    this.registered = registered;
  }

  /**
   * Describes a version of a model. One that is deployed without having been registered answers
   * requests, but its signature is not known.
   *
   * @param version null for the one in production
   * @throws ProblemException {@code UNKNOWN_MODEL} when the model is not deployed or does not have
   *     the version; {@code STARTING} when that is not known yet
   */
  ModelDescription of(String model, @Nullable String version) {
    deployed.require(model);
    String inProduction = deployed.production(model).orElse("");
    String wanted = version == null ? inProduction : version;
    List<String> versions =
        registered.versions(model).stream().map(ModelMetadata::getVersion).toList();
    List<String> allowed = versions.isEmpty() ? List.of(inProduction) : versions;
    return registered
        .find(model, wanted)
        .map(found -> ModelDescription.of(found, allowed))
        .orElseGet(
            () -> {
              if (!wanted.equals(inProduction)) {
                throw new ProblemException(
                    ProblemType.UNKNOWN_MODEL,
                    "The model has no such version; it has %s.".formatted(allowed));
              }
              return new ModelDescription(model, allowed, UNKNOWN_PLATFORM, List.of(), List.of());
            });
  }
}
