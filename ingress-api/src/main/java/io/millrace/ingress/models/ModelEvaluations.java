package io.millrace.ingress.models;

import io.millrace.schemas.DecodeException;
import io.millrace.schemas.MessageCodec;
import io.millrace.schemas.Topic;
import io.millrace.schemas.avro.ModelEvaluation;
import jakarta.inject.Singleton;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How candidates did against versions in production, as {@link Topic#EVALUATIONS} says. Safe for
 * use by several threads.
 */
@Singleton
public final class ModelEvaluations implements TopicView {

  private static final Comparator<ModelEvaluation> NEWEST_FIRST =
      Comparator.comparing(ModelEvaluation::getCreatedAt)
          .reversed()
          .thenComparing(ModelEvaluation::getId);

  private final Map<String, ModelEvaluation> byKey = new ConcurrentHashMap<>();

  @Override
  public Topic topic() {
    return Topic.EVALUATIONS;
  }

  @Override
  public void put(String key, byte[] value) throws DecodeException {
    byKey.put(key, MessageCodec.MODEL_EVALUATIONS.decode(value));
  }

  @Override
  public void remove(String key) {
    byKey.remove(key);
  }

  /** Nothing waits for it: a rollout that starts too early is refused, and can be started again. */
  @Override
  public void markCaughtUp() {}

  /** The last evaluation of each pair of versions of a model, the newest first. */
  public List<ModelEvaluation> of(String model) {
    return byKey.values().stream()
        .filter(evaluation -> evaluation.getModel().equals(model))
        .sorted(NEWEST_FIRST)
        .toList();
  }

  /** The last evaluation of a candidate against a version in production. */
  public Optional<ModelEvaluation> find(String model, String candidate, String production) {
    return of(model).stream()
        .filter(evaluation -> evaluation.getCandidate().equals(candidate))
        .filter(evaluation -> evaluation.getProduction().equals(production))
        .findFirst();
  }
}
