package io.millrace.models.packages;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.millrace.models.ModelVersion;
import io.millrace.schemas.avro.Datatype;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code model.yaml}: what a package is, how it is called and batched, and what it was measured to
 * do. Keys are in snake case.
 *
 * @param name the model's name
 * @param version its semantic version
 * @param task what the outputs mean
 * @param engine the name of the {@link io.millrace.models.engine.ModelEngine}
 * @param device where it runs, in the form of {@link ModelDevice}
 * @param inputs the tensors that a request must carry
 * @param outputs the tensors that an answer carries
 * @param text how texts become tokens; null for a model that takes no texts
 * @param batching hints for the batch windows
 * @param labels of a classifier, in the order of its scores; empty otherwise
 * @param features what drift is measured on, by name; null for the default of the task, empty for
 *     nothing
 * @param files SHA-256 in lower-case hex of every other file of the package, by relative path
 * @param baseline metrics on held-out rows; null when none were measured
 * @param training where the package comes from; null when unknown
 * @param quantizedFrom the version of the same model that this one is a quantised form of; null
 *     when it is none
 */
public record ModelManifest(
    String name,
    String version,
    Task task,
    String engine,
    String device,
    List<TensorSpec> inputs,
    List<TensorSpec> outputs,
    @Nullable TextOptions text,
    BatchingHints batching,
    List<String> labels,
    @Nullable List<String> features,
    Map<String, String> files,
    @Nullable Baseline baseline,
    @Nullable TrainingReference training,
    @Nullable String quantizedFrom) {

  public ModelManifest {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    labels = List.copyOf(labels);
    features = features == null ? null : List.copyOf(features);
    files = Map.copyOf(files);
  }

  /** A manifest with the features of its task, of a version that is no quantised form. */
  public ModelManifest(
      String name,
      String version,
      Task task,
      String engine,
      String device,
      List<TensorSpec> inputs,
      List<TensorSpec> outputs,
      @Nullable TextOptions text,
      BatchingHints batching,
      List<String> labels,
      Map<String, String> files,
      @Nullable Baseline baseline,
      @Nullable TrainingReference training) {
    this(
        name, version, task, engine, device, inputs, outputs, text, batching, labels, null, files,
        baseline, training, null);
  }

  /** The features that are taken of each row: those that are declared, or those of the task. */
  public List<String> effectiveFeatures() {
    return features == null ? FeatureRules.defaults(this) : features;
  }

  /** The same manifest with other features; null for those of the task. */
  public ModelManifest withFeatures(@Nullable List<String> newFeatures) {
    return new ModelManifest(
        name,
        version,
        task,
        engine,
        device,
        inputs,
        outputs,
        text,
        batching,
        labels,
        newFeatures,
        files,
        baseline,
        training,
        quantizedFrom);
  }

  /** The same manifest, batched otherwise. */
  public ModelManifest withBatching(BatchingHints newBatching) {
    return new ModelManifest(
        name,
        version,
        task,
        engine,
        device,
        inputs,
        outputs,
        text,
        newBatching,
        labels,
        features,
        files,
        baseline,
        training,
        quantizedFrom);
  }

  /** The same manifest with the checksums of other files. */
  public ModelManifest withFiles(Map<String, String> newFiles) {
    return new ModelManifest(
        name,
        version,
        task,
        engine,
        device,
        inputs,
        outputs,
        text,
        batching,
        labels,
        features,
        newFiles,
        baseline,
        training,
        quantizedFrom);
  }

  /** The same manifest of a version that is a quantised form of another one; null for of none. */
  public ModelManifest withQuantizedFrom(@Nullable String newQuantizedFrom) {
    return new ModelManifest(
        name,
        version,
        task,
        engine,
        device,
        inputs,
        outputs,
        text,
        batching,
        labels,
        features,
        files,
        baseline,
        training,
        newQuantizedFrom);
  }

  public ModelVersion id() {
    return new ModelVersion(name, version);
  }

  /** What a model does. */
  public enum Task {
    /** Texts in; label, confidence and class probabilities out. */
    @JsonProperty("text-classification")
    TEXT_CLASSIFICATION,
    /** Texts in; unit vectors out. */
    @JsonProperty("text-embedding")
    TEXT_EMBEDDING,
    /** Tensors in, tensors out, as the signature says. */
    @JsonProperty("tensor")
    TENSOR
  }

  /**
   * A tensor of the signature.
   *
   * @param shape dimensions; -1 for one that varies
   */
  public record TensorSpec(String name, Datatype datatype, List<Long> shape) {
    public TensorSpec {
      shape = List.copyOf(shape);
    }
  }

  /**
   * How texts become tokens.
   *
   * @param maxLength tokens after which a text is cut, special tokens included
   */
  public record TextOptions(int maxLength) {}

  /**
   * How items share a batch.
   *
   * @param maxBatchSize rows of a batch at most
   * @param maxBatchTokens rows times the longest row of a batch at most
   * @param lengthBuckets upper edges in tokens, ascending: only items of one bucket share a batch
   */
  public record BatchingHints(int maxBatchSize, int maxBatchTokens, List<Integer> lengthBuckets) {
    public BatchingHints {
      lengthBuckets = List.copyOf(lengthBuckets);
    }
  }

  /**
   * What the model was measured to do.
   *
   * @param rows held-out rows that the metrics are of
   * @param accuracy share of right labels
   * @param macroF1 mean over the classes of the harmonic mean of precision and recall
   * @param logLoss mean negative natural logarithm of the right label's probability
   */
  public record Baseline(int rows, double accuracy, double macroF1, double logLoss) {}

  /**
   * Where a package comes from.
   *
   * @param encoder the encoder's name
   * @param data the training file's name, without its directory
   * @param dataSha256 its SHA-256 in lower-case hex
   * @param rows training rows
   */
  public record TrainingReference(String encoder, String data, String dataSha256, int rows) {}
}
