package io.millrace.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.EngineException;
import ai.onnxruntime.OrtException;
import io.millrace.models.PredictionException.Reason;
import io.millrace.models.StopSignal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PredictionFailuresTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Failed to allocate memory for requested buffer of size 99",
        "std::bad_alloc",
        "CUDA error: out of memory"
      })
  void knowsWhenTheEngineHadNoMemory(String message) {
    // Given
    Throwable failure = new EngineException(message, new OrtException(message));

    // Then
    assertThat(PredictionFailures.of(failure, new StopSignal()).reason())
        .isEqualTo(Reason.OUT_OF_MEMORY);
  }

  @Test
  void knowsWhenTheProcessHadNoMemory() {
    assertThat(
            PredictionFailures.of(new OutOfMemoryError("Direct buffer memory"), new StopSignal())
                .reason())
        .isEqualTo(Reason.OUT_OF_MEMORY);
  }

  @Test
  void aStoppedCallIsATimeoutWhateverItThrew() {
    // Given
    StopSignal stop = new StopSignal();
    stop.stop();

    // Then
    assertThat(PredictionFailures.of(new EngineException("terminated"), stop).reason())
        .isEqualTo(Reason.TIMEOUT);
  }

  @Test
  void anythingElseIsAFailureOfTheModel() {
    assertThat(PredictionFailures.of(new EngineException("bad node"), new StopSignal()).reason())
        .isEqualTo(Reason.MODEL_FAILURE);
  }
}
