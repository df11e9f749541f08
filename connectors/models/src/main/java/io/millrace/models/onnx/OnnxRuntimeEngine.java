package io.millrace.models.onnx;

import io.millrace.models.Model;
import io.millrace.models.ModelLoadException;
import io.millrace.models.PredictionException;
import io.millrace.models.engine.ModelEngine;
import io.millrace.models.packages.ModelDevice;
import io.millrace.models.packages.ModelManifest;
import io.millrace.models.packages.ModelManifest.Task;
import io.millrace.models.packages.ModelManifest.TextOptions;
import io.millrace.models.packages.ModelPackage;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Text and tensor models on ONNX Runtime.
 *
 * <p>A package of a tensor model holds {@code model.onnx}; its signature is that of the file, see
 * {@link OnnxSignature}.
 *
 * <p>A package of a text model holds {@code tokenizer.json} (Hugging Face) and {@code encoder.onnx}
 * (INT64 {@code input_ids}, {@code attention_mask} and perhaps {@code token_type_ids} of [batch,
 * tokens] to FP32 [batch, tokens, dimension]); a classifier also {@code head.onnx} (FP32 [batch,
 * dimension] to FP32 [batch, classes], probabilities in the order of {@code labels}). Signatures
 * are those of {@link TextSignature}.
 */
public final class OnnxRuntimeEngine implements ModelEngine {

  /** What {@code model.yaml} says under {@code engine}. */
  public static final String NAME = "OnnxRuntime";

  public static final String MODEL_FILE = "model.onnx";
  public static final String ENCODER_FILE = "encoder.onnx";
  public static final String TOKENIZER_FILE = "tokenizer.json";
  public static final String HEAD_FILE = "head.onnx";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Model<?> load(ModelPackage modelPackage) throws ModelLoadException {
    Deque<AutoCloseable> opened = new ArrayDeque<>();
    try {
      return modelPackage.manifest().task() == Task.TENSOR
          ? openTensor(modelPackage, opened)
          : openText(modelPackage, opened);
    } catch (ModelLoadException | PredictionException | RuntimeException | LinkageError e) {
      closeAll(opened, e);
      throw new ModelLoadException(
          "Model " + modelPackage.manifest().id() + ": " + e.getMessage(), e);
    }
  }

  private static TensorModel openTensor(ModelPackage modelPackage, Deque<AutoCloseable> opened)
      throws ModelLoadException, PredictionException {
    ModelManifest manifest = modelPackage.manifest();
    OnnxSession session =
        OnnxSession.open(modelPackage.file(MODEL_FILE), ModelDevice.of(manifest.device()));
    opened.push(session);
    OnnxSignature signature = new OnnxSignature(manifest.inputs(), manifest.outputs());
    OnnxSignature.of(session).requireFits(signature);
    TensorModel model =
        new TensorModel(
            session, signature, manifest.batching().maxBatchSize(), TensorFeatures.of(manifest));
    model.warmUp();
    return model;
  }

  private static TextModel openText(ModelPackage modelPackage, Deque<AutoCloseable> opened)
      throws ModelLoadException, PredictionException {
    ModelManifest manifest = modelPackage.manifest();
    TextOptions text = Objects.requireNonNull(manifest.text());
    ModelDevice device = ModelDevice.of(manifest.device());
    TextTokenizer tokenizer =
        TextTokenizer.open(modelPackage.file(TOKENIZER_FILE), text.maxLength());
    opened.push(tokenizer);
    TextEncoder encoder = TextEncoder.open(modelPackage.file(ENCODER_FILE), device);
    opened.push(encoder);
    boolean classifier = manifest.task() == Task.TEXT_CLASSIFICATION;
    int columns = classifier ? manifest.labels().size() : encoder.dimension();
    requireSignature(
        manifest,
        classifier ? TextSignature.classification(columns) : TextSignature.embedding(columns));
    @Nullable ClassificationHead head =
        classifier
            ? ClassificationHead.open(
                modelPackage.file(HEAD_FILE), device, encoder.dimension(), columns)
            : null;
    if (head != null) {
      opened.push(head);
    }
    TextModel model =
        new TextModel(
            new TextInput(manifest.inputs().get(0), manifest.batching().maxBatchSize()),
            tokenizer,
            encoder,
            head,
            classifier
                ? new TextOutputs.Classes(manifest.labels())
                : new TextOutputs.Embeddings(columns),
            Set.copyOf(manifest.effectiveFeatures()));
    WarmUp.run(model, manifest.batching(), text.maxLength(), encoder.onGpu());
    return model;
  }

  private static void requireSignature(ModelManifest manifest, TextSignature expected)
      throws ModelLoadException {
    if (!expected.equals(new TextSignature(manifest.inputs(), manifest.outputs()))) {
      throw new ModelLoadException(
          "model.yaml has the inputs %s and outputs %s, expected %s and %s"
              .formatted(
                  manifest.inputs(), manifest.outputs(), expected.inputs(), expected.outputs()));
    }
  }

  private static void closeAll(Deque<AutoCloseable> opened, Throwable failure) {
    for (AutoCloseable part : opened) {
      try {
        part.close();
      } catch (Exception e) {
        failure.addSuppressed(e);
      }
    }
  }
}
