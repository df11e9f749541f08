package io.millrace.models.faulty;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.models.InvalidInputException;
import io.millrace.models.ModelVersion;
import io.millrace.models.PredictionException;
import io.millrace.models.onnx.OnnxRuntimeEngine;
import io.millrace.models.packages.LocalModelRepository;
import io.millrace.models.packages.ModelPackageWriter;
import io.millrace.models.packages.ModelPackageWriter.IfPresent;
import io.millrace.models.packages.PackageDraft;
import io.millrace.models.runtime.BatchingModelRuntime;
import io.millrace.models.runtime.ModelRuntime.ServedModel;
import io.millrace.models.runtime.Prediction;
import io.millrace.models.runtime.RuntimeOptions;
import io.millrace.schemas.Tensors;
import io.millrace.schemas.avro.Priority;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real int8 encoder, in the real runtime, going wrong. */
class FaultyEngineIT {

  private static final ModelVersion ENCODER = new ModelVersion("encoder", "1.0.0");
  private static final ModelVersion FAULTY = new ModelVersion("encoder-faulty", "1.0.0");
  private static final String RESOURCE = "/all-minilm-l6-v2-q";

  @Test
  void onlyTheItemsThatAskForItGoWrong(@TempDir Path repository) throws Exception {
    // Given
    install(repository);
    FaultyPackages.wrap(repository, ENCODER, FAULTY, Faults.of(OnnxRuntimeEngine.NAME));
    List<String> texts =
        List.of("where is my card", "{throw}", "refund", "{nan}", "{oom}", "goodbye");

    try (BatchingModelRuntime runtime =
        new BatchingModelRuntime(new LocalModelRepository(repository), RuntimeOptions.defaults())) {
      // When
      Map<String, String> outcomes = new LinkedHashMap<>();
      Map<String, CompletableFuture<Prediction>> answers = new LinkedHashMap<>();
      ServedModel model = runtime.load(FAULTY).join();
      for (String text : texts) {
        answers.put(text, submit(model, text));
      }
      answers.forEach((text, answer) -> outcomes.put(text, outcome(answer)));

      // Then
      assertThat(outcomes)
          .containsExactly(
              Map.entry("where is my card", "[1, 384]"),
              Map.entry("{throw}", "MODEL_FAILURE"),
              Map.entry("refund", "[1, 384]"),
              Map.entry("{nan}", "NON_FINITE_OUTPUT"),
              Map.entry("{oom}", "OUT_OF_MEMORY"),
              Map.entry("goodbye", "[1, 384]"));
    }
  }

  private static CompletableFuture<Prediction> submit(ServedModel model, String text)
      throws InvalidInputException {
    return model
        .prepare(List.of(Tensors.ofStrings("text", List.of(text))))
        .submit(Priority.NORMAL)
        .answer();
  }

  private static String outcome(CompletableFuture<Prediction> answer) {
    try {
      return answer.join().outputs().get(0).getShape().toString();
    } catch (CompletionException e) {
      return ((PredictionException) Objects.requireNonNull(e.getCause())).reason().name();
    }
  }

  private static void install(Path repository) throws IOException {
    ModelPackageWriter writer = new ModelPackageWriter(repository);
    try (PackageDraft draft = writer.draft(ENCODER, IfPresent.REFUSE)) {
      copy(RESOURCE + ".onnx", draft.file(OnnxRuntimeEngine.ENCODER_FILE));
      copy(RESOURCE + "-tokenizer.json", draft.file(OnnxRuntimeEngine.TOKENIZER_FILE));
      draft.publish(Encoders.manifest(ENCODER, OnnxRuntimeEngine.NAME));
    }
  }

  private static void copy(String resource, Path target) throws IOException {
    try (InputStream in = FaultyEngineIT.class.getResourceAsStream(resource)) {
      Files.copy(Objects.requireNonNull(in), target);
    }
  }
}
