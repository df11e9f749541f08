package io.millrace.ingress.models;

import io.millrace.schemas.DecodeException;
import io.millrace.schemas.MessageCodec;
import io.millrace.schemas.SemanticVersionOrder;
import io.millrace.schemas.Topic;
import io.millrace.schemas.avro.ModelMetadata;
import jakarta.inject.Singleton;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The registered versions of models known now, as {@link Topic#MODEL_VERSIONS} says. Registration
 * is not needed to answer: a model that is deployed may have no version here, since whoever
 * deployed it did not register it. Safe for use by several threads.
 */
@Singleton
public final class RegisteredModels implements TopicView {

  private static final Comparator<ModelMetadata> BY_VERSION =
      Comparator.comparing(ModelMetadata::getVersion, new SemanticVersionOrder());

  private final Map<String, ModelMetadata> byKey = new ConcurrentHashMap<>();

  @Override
  public Topic topic() {
    return Topic.MODEL_VERSIONS;
  }

  @Override
  public void put(String key, byte[] value) throws DecodeException {
    put(MessageCodec.MODEL_METADATA.decode(value));
  }

  void put(ModelMetadata version) {
    byKey.put(key(version.getModel(), version.getVersion()), version);
  }

  @Override
  public void remove(String key) {
    byKey.remove(key);
  }

  /** Nothing waits for it: what is not known yet is decided by the job. */
  @Override
  public void markCaughtUp() {}

  /** A version of a model; empty when it is not registered, or when that is not known yet. */
  public Optional<ModelMetadata> find(String model, String version) {
    return Optional.ofNullable(byKey.get(key(model, version)));
  }

  /** The registered versions of a model, the lowest first; none when it is not known. */
  public List<ModelMetadata> versions(String model) {
    return byKey.values().stream()
        .filter(version -> version.getModel().equals(model))
        .sorted(BY_VERSION)
        .toList();
  }

  /**
   * The version that a name stands for: its own, or the one that an alias points at; the highest
   * one while an alias moves. Empty when it stands for none that is known.
   */
  public Optional<String> resolve(String model, String name) {
    if (find(model, name).isPresent()) {
      return Optional.of(name);
    }
    return versions(model).stream()
        .filter(version -> version.getAliases().contains(name))
        .map(ModelMetadata::getVersion)
        .reduce((lower, higher) -> higher);
  }

  /** The names of all models with a registered version. */
  SortedSet<String> models() {
    SortedSet<String> models = new TreeSet<>();
    byKey.values().forEach(version -> models.add(version.getModel()));
    return models;
  }

  private static String key(String model, String version) {
    return model + "/" + version;
  }
}
