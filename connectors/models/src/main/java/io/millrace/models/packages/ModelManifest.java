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
 * @param device {@code cpu} or {@code gpu}
 * @param inputs the tensors that a request must carry
 * @param outputs the tensors that an answer carries
 * @param text how texts become tokens; null for a model that takes no texts
 * @param batching hints for the batch windows
 * @param labels of a classifier, in the order of its scores; empty otherwise
 * @param files SHA-256 in lower-case hex of every other file of the package, by relative path
 * @param baseline metrics on held-out rows; null when none were measured
 * @param training where the package comes from; null when unknown
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
    Map<String, String> files,
    @Nullable Baseline baseline,
    @Nullable TrainingReference training) {

  public ModelManifest {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    labels = List.copyOf(labels);
    files = Map.copyOf(files);
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
