package io.millrace.models.packages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.models.packages.ModelDevice.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelDeviceTest {

  @ParameterizedTest
  @CsvSource({"cpu, CPU, 0", "gpu, GPU, 0", "gpu:0, GPU, 0", "gpu:3, GPU, 3", "auto, AUTO, 0"})
  void readsEachForm(String text, Kind kind, int index) {
    assertThat(ModelDevice.of(text)).isEqualTo(new ModelDevice(kind, index));
  }

  @Test
  void writesWhatItReads() {
    assertThat(ModelDevice.of("gpu:3")).hasToString("gpu:3");
    assertThat(ModelDevice.of("auto")).hasToString("auto");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "GPU", "gpu:", "gpu:-1", "gpu:1000", "cpu:0", "cuda"})
  void refusesOtherTexts(String text) {
    assertThatThrownBy(() -> ModelDevice.of(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("device: expected cpu, gpu, gpu:N or auto, found " + text);
  }
}
