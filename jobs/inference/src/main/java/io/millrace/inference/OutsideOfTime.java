package io.millrace.inference;

import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkGeneratorSupplier;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;

/**
 * A source that event time does not depend on: what it says counts from when it comes. It is always
 * idle, however much it says. Without watermarks it would hold back those of the streams that it is
 * connected with; with one of the end of time it would be their time as soon as they are idle.
 */
final class OutsideOfTime<T> implements WatermarkStrategy<T> {

  private static final long serialVersionUID = 1L;

  @Override
  public WatermarkGenerator<T> createWatermarkGenerator(
      WatermarkGeneratorSupplier.Context context) {
    return new AlwaysIdle<>();
  }

  private static final class AlwaysIdle<T> implements WatermarkGenerator<T> {

    @Override
    public void onEvent(T event, long timestamp, WatermarkOutput output) {
      // Says nothing of time.
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {
      output.markIdle();
    }
  }
}
