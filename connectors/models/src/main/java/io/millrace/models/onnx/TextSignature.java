package io.millrace.models.onnx;

import io.millrace.models.packages.ModelManifest.TensorSpec;
import io.millrace.schemas.avro.Datatype;
import java.util.List;

/**
 * What requests to text models carry and what the answers do; packages for {@link
 * OnnxRuntimeEngine} have one of these signatures. The first dimension is the number of texts.
 */
public record TextSignature(List<TensorSpec> inputs, List<TensorSpec> outputs) {

  static final String TEXT = "text";
  static final String LABEL = "label";
  static final String CONFIDENCE = "confidence";
  static final String PROBABILITIES = "probabilities";
  static final String EMBEDDING = "embedding";

  private static final List<TensorSpec> TEXTS =
      List.of(new TensorSpec(TEXT, Datatype.BYTES, List.of(-1L)));

  public TextSignature {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }

  /** The likeliest label, its probability, and the probability of every class. */
  public static TextSignature classification(int classes) {
    return new TextSignature(
        TEXTS,
        List.of(
            new TensorSpec(LABEL, Datatype.BYTES, List.of(-1L)),
            new TensorSpec(CONFIDENCE, Datatype.FP32, List.of(-1L)),
            new TensorSpec(PROBABILITIES, Datatype.FP32, List.of(-1L, (long) classes))));
  }

  /** A unit vector a text. */
  public static TextSignature embedding(int dimension) {
    return new TextSignature(
        TEXTS, List.of(new TensorSpec(EMBEDDING, Datatype.FP32, List.of(-1L, (long) dimension))));
  }
}
