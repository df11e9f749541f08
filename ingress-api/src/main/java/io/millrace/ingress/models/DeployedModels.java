package io.millrace.ingress.models;

import io.millrace.ingress.problem.ProblemException;
import io.millrace.ingress.problem.ProblemType;
import io.millrace.schemas.DecodeException;
import io.millrace.schemas.MessageCodec;
import io.millrace.schemas.Topic;
import io.millrace.schemas.avro.Deployment;
import jakarta.inject.Singleton;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** The deployments known now. Safe for use by several threads. */
@Singleton
public final class DeployedModels implements TopicView {

  private static final Pattern VERSION =
      Pattern.compile("(0|[1-9]\\d{0,8})(\\.(0|[1-9]\\d{0,8})){2}(-[0-9A-Za-z.-]{1,40})?");

  private final Map<String, Deployment> byModel = new ConcurrentHashMap<>();
  private volatile boolean caughtUp;

  @Override
  public Topic topic() {
    return Topic.DEPLOYMENTS;
  }

  @Override
  public void put(String model, byte[] value) throws DecodeException {
    put(MessageCodec.DEPLOYMENTS.decode(value));
  }

  void put(Deployment deployment) {
    byModel.put(deployment.getModel(), deployment);
  }

  @Override
  public void remove(String model) {
    byModel.remove(model);
  }

  @Override
  public void markCaughtUp() {
    caughtUp = true;
  }

  /** Whether everything deployed before this server started is known. */
  public boolean isCaughtUp() {
    return caughtUp;
  }

  /** Whether a model is known to be deployed. */
  public boolean contains(String model) {
    return byModel.containsKey(model);
  }

  /** All deployments, by model. */
  List<Deployment> all() {
    return byModel.values().stream().sorted(Comparator.comparing(Deployment::getModel)).toList();
  }

  /** The deployment of a model; empty when it has none, or when that is not known yet. */
  public Optional<Deployment> find(String model) {
    return Optional.ofNullable(byModel.get(model));
  }

  /**
   * Checks that a model is deployed.
   *
   * @throws ProblemException {@code UNKNOWN_MODEL} when it is not; {@code STARTING} when that is
   *     not known yet
   */
  public void require(String model) {
    if (byModel.containsKey(model)) {
      return;
    }
    if (!caughtUp) {
      throw new ProblemException(
          ProblemType.STARTING, "It is not known yet which models are deployed.");
    }
    throw new ProblemException(
        ProblemType.UNKNOWN_MODEL, "No model of this name is deployed; GET /v1/models lists them.");
  }

  /**
   * Checks that a version is of the form of versions. Whether it can be loaded is found by the job.
   *
   * @throws ProblemException {@code UNKNOWN_MODEL} when it is not
   */
  public static void requireVersionForm(String version) {
    if (!VERSION.matcher(version).matches() || version.contains("..")) {
      throw new ProblemException(
          ProblemType.UNKNOWN_MODEL, "Not a version of a model: expected one like 1.0.0.");
    }
  }
}
