package io.millrace.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.models.Model;
import io.millrace.models.PreparedItem;
import io.millrace.models.StopSignal;
import io.millrace.models.onnx.OnnxRuntimeEngine;
import io.millrace.models.packages.LocalModelRepository;
import io.millrace.schemas.Tensors;
import io.millrace.testtools.Finished;
import io.millrace.testtools.TestTools;
import io.millrace.training.EncoderPackage;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** OpenAI's own client for Node.js, and the model itself to compare with. */
final class EmbeddingsClient {

  private static final Path SCRIPT = Path.of("src", "test", "node", "openai-embeddings.js");
  private static final Duration TIMEOUT = Duration.ofMinutes(2);

  private EmbeddingsClient() {}

  /** What the client got for texts, and for requests that are refused. */
  static JsonNode ask(URI api, String model, String another, List<String> texts) throws Exception {
    List<String> arguments =
        Stream.concat(Stream.of(api.resolve("/v1").toString(), model, another), texts.stream())
            .toList();
    Finished finished =
        Finished.run(TestTools.node(SCRIPT, arguments.toArray(String[]::new)), TIMEOUT);
    assertThat(finished.status()).as(finished.all()).isZero();
    return new ObjectMapper().readTree(finished.output());
  }

  /** The vectors of texts by the model alone, each text in a call of its own. */
  static List<float[]> compute(Path repository, List<String> texts) throws Exception {
    try (Model<?> model =
        new OnnxRuntimeEngine()
            .load(new LocalModelRepository(repository).open(EncoderPackage.MINILM))) {
      List<float[]> vectors = new ArrayList<>();
      for (String text : texts) {
        vectors.add(compute(model, text));
      }
      return vectors;
    }
  }

  private static <I extends PreparedItem> float[] compute(Model<I> model, String text)
      throws Exception {
    I item = model.prepare(List.of(Tensors.ofStrings("text", List.of(text))));
    return Tensors.floats(model.predict(List.of(item), new StopSignal()).get(0).get(0));
  }

  /** The vector of an array of numbers. */
  static float[] vector(JsonNode numbers) {
    float[] vector = new float[numbers.size()];
    for (int i = 0; i < vector.length; i++) {
      vector[i] = numbers.get(i).floatValue();
    }
    return vector;
  }
}
