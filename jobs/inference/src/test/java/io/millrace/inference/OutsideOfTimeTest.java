package io.millrace.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkGeneratorSupplier;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.util.clock.RelativeClock;
import org.junit.jupiter.api.Test;

class OutsideOfTimeTest {

  @Test
  void itIsIdleWhateverItSaysAndHasNoTime() {
    List<String> said = new ArrayList<>();
    WatermarkOutput output =
        new WatermarkOutput() {
          @Override
          public void emitWatermark(Watermark watermark) {
            said.add("time");
          }

          @Override
          public void markIdle() {
            said.add("idle");
          }

          @Override
          public void markActive() {
            said.add("active");
          }
        };
    WatermarkGenerator<String> generator =
        new OutsideOfTime<String>()
            .createWatermarkGenerator(
                new WatermarkGeneratorSupplier.Context() {
                  @Override
                  public MetricGroup getMetricGroup() {
                    throw new UnsupportedOperationException();
                  }

                  @Override
                  public RelativeClock getInputActivityClock() {
                    throw new UnsupportedOperationException();
                  }
                });

    generator.onPeriodicEmit(output);
    generator.onEvent("a deployment", 5, output);
    generator.onPeriodicEmit(output);

    assertThat(said).containsExactly("idle", "idle");
  }
}
