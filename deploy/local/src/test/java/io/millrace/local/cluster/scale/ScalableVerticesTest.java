package io.millrace.local.cluster.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.inference.config.ConfigLoader;
import io.millrace.inference.config.InferenceConfig;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScalableVerticesTest {

  @Test
  void theyAreTheSameWhateverTheParallelism() throws Exception {
    assertThat(ScalableVertices.of(config(2)))
        .isNotEmpty()
        .isEqualTo(ScalableVertices.of(config(8)));
  }

  @Test
  void oneSubtaskTellsNothing() {
    assertThatThrownBy(() -> ScalableVertices.of(config(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("found 1");
  }

  private static InferenceConfig config(int parallelism) throws Exception {
    return ConfigLoader.load(
        null,
        Map.of(
            "MILLRACE_INFERENCE_PARALLELISM",
            Integer.toString(parallelism),
            "MILLRACE_INFERENCE_KAFKA_BOOTSTRAP_SERVERS",
            "localhost:1"));
  }
}
