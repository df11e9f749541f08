package io.millrace.ingress.models;

import io.millrace.ingress.problem.ProblemException;
import io.millrace.ingress.problem.ProblemType;
import io.millrace.schemas.avro.ModelMetadata;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/** What is deployed and what is registered, seen together. */
@Singleton
public final class ModelCatalog {

  private final DeployedModels deployed;
  private final RegisteredModels registered;

  public ModelCatalog(DeployedModels deployed, RegisteredModels registered) {
    this.deployed = deployed;
    this.registered = registered;
  }

  /**
   * The version that will answer a request.
   *
   * @param version the one that the request pins; null leaves it to the deployment
   * @return empty when it is registered nowhere that is known: then only the job can tell
   * @throws ProblemException {@code UNKNOWN_MODEL} when the model is not deployed, when the version
   *     is not of the form of versions, or when other versions of the model are registered and it
   *     is not among them; {@code STARTING} when it is not known yet what is deployed
   */
  public Optional<ModelMetadata> answering(String model, @Nullable String version) {
    deployed.require(model);
    if (version == null) {
      return deployed.production(model).flatMap(production -> registered.find(model, production));
    }
    DeployedModels.requireVersionForm(version);
    Optional<ModelMetadata> pinned = registered.find(model, version);
    if (pinned.isEmpty() && !registered.versions(model).isEmpty()) {
      throw new ProblemException(
          ProblemType.UNKNOWN_MODEL,
          "The model has no such version; GET /v1/models/{model}/versions lists them.");
    }
    return pinned;
  }

  /** All models that are deployed or registered, by name. */
  List<Model> all() {
    SortedSet<String> names = registered.models();
    names.addAll(deployed.models());
    return names.stream().map(this::model).toList();
  }

  /**
   * One model.
   *
   * @throws ProblemException {@code UNKNOWN_MODEL} when it is neither deployed nor registered;
   *     {@code STARTING} when that is not known yet
   */
  Model get(String model) {
    require(model);
    return model(model);
  }

  /**
   * The registered versions of a model, the lowest first; none of a model that was deployed without
   * being registered.
   *
   * @throws ProblemException as {@link #get}
   */
  List<RegisteredVersion> versions(String model) {
    DeploymentState state = deployed.state(model).orElse(null);
    require(model);
    return registered.versions(model).stream()
        .map(version -> RegisteredVersion.of(version, state))
        .toList();
  }

  /**
   * Checks that a model is deployed or registered.
   *
   * @throws ProblemException as {@link #get}
   */
  public void require(String model) {
    if (registered.versions(model).isEmpty()) {
      deployed.require(model);
    }
  }

  private Model model(String name) {
    DeploymentState state = deployed.state(name).orElse(null);
    return Model.of(
        name,
        state,
        registered.versions(name).stream().map(ModelMetadata::getVersion).toList(),
        state == null
            ? null
            : registered
                .find(name, state.traffic().getVersion())
                .map(version -> RegisteredVersion.of(version, state))
                .orElse(null));
  }
}
