package io.millrace.models.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;
import org.junit.jupiter.api.Test;

class GpusTest {

  private final FakeNvml nvml = new FakeNvml();

  @Test
  void readsWhatTheLibraryTellsInTheUnitsOfDcgm() {
    try (Gpus gpus = Gpus.open(() -> nvml)) {
      Gpu first = gpus.all().get(0);

      Map<GpuField, Double> values =
          first.fields().stream().collect(Collectors.toMap(field -> field, first::read));

      assertThat(first.index()).isZero();
      assertThat(values)
          .containsOnly(
              Map.entry(GpuField.DCGM_FI_DEV_GPU_UTIL, 80.0),
              Map.entry(GpuField.DCGM_FI_DEV_MEM_COPY_UTIL, 30.0),
              Map.entry(GpuField.DCGM_FI_DEV_FB_USED, 4_096.0),
              Map.entry(GpuField.DCGM_FI_DEV_FB_FREE, 12_288.0),
              Map.entry(GpuField.DCGM_FI_DEV_POWER_USAGE, 61.5),
              Map.entry(GpuField.DCGM_FI_DEV_GPU_TEMP, 57.0));
    }
  }

  @Test
  void whatADeviceDoesNotTellIsNoneOfItsFields() {
    try (Gpus gpus = Gpus.open(() -> nvml)) {
      assertThat(gpus.all()).extracting(Gpu::index).containsExactly(0, 1);
      assertThat(gpus.all().get(1).fields())
          .doesNotContain(GpuField.DCGM_FI_DEV_POWER_USAGE)
          .hasSize(GpuField.values().length - 1);
    }
  }

  @Test
  void theLibraryIsClosedAsOftenAsItIsOpened() {
    Gpus first = Gpus.open(() -> nvml);
    Gpus second = Gpus.open(() -> nvml);

    first.close();
    second.close();

    assertThat(nvml.openTimes).isZero();
  }

  @Test
  void aLibraryWithoutADriverIsNoGpu() {
    nvml.initResult = 9;

    try (Gpus gpus = Gpus.open(() -> nvml)) {
      assertThat(gpus.all()).isEmpty();
    }
    assertThat(nvml.openTimes).isZero();
  }

  @Test
  void withoutTheLibraryThereIsNothingAndNoWarning() {
    List<Level> logged = new ArrayList<>();
    AbstractAppender appender =
        new AbstractAppender("levels", null, null, true, Property.EMPTY_ARRAY) {
          @Override
          public void append(LogEvent event) {
            logged.add(event.getLevel());
          }
        };
    appender.start();
    Logger root = (Logger) LogManager.getRootLogger();
    root.addAppender(appender);
    try (Gpus gpus =
        Gpus.open(
            () -> {
              throw new UnsatisfiedLinkError("libnvidia-ml.so: cannot open");
            })) {
      assertThat(gpus.all()).isEmpty();
      assertThat(logged).allMatch(level -> level.isLessSpecificThan(Level.INFO));
    } finally {
      root.removeAppender(appender);
    }
  }

  /** With this machine's library, or without one: neither is an error. */
  @Test
  void looksAtThisMachine() {
    try (Gpus gpus = Gpus.open()) {
      assertThat(gpus.all()).allSatisfy(gpu -> assertThat(gpu.fields()).isNotEmpty());
    }
  }
}
