package io.millrace.inference.window;

import io.millrace.inference.config.ConfigLoader;
import io.millrace.inference.config.InferenceConfig;
import io.millrace.inference.reference.NoReferences;
import io.millrace.inference.summarise.PartialSummary;
import io.millrace.schemas.avro.CostReport;
import io.millrace.schemas.avro.DriftReport;
import io.millrace.schemas.avro.QualityReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/** The windows without the rest of the job: minutes and hours, ten minutes late at most. */
final class WindowsHarness implements AutoCloseable {

  static final long MINUTE = 60_000;
  static final long HOUR = 60 * MINUTE;

  /** How often what is late is issued. */
  static final long LATE_INTERVAL = 10_000;

  private final KeyedOneInputStreamOperatorTestHarness<String, PartialSummary, DriftReport> harness;

  WindowsHarness(@Nullable OperatorSubtaskState restored) throws Exception {
    InferenceConfig config =
        ConfigLoader.load(
            null,
            Map.of(
                "MILLRACE_INFERENCE_DRIFT_WINDOWS", "1m,1h",
                "MILLRACE_INFERENCE_DRIFT_LATENESS", "10m",
                "MILLRACE_INFERENCE_DRIFT_LATE_INTERVAL", "10s",
                "MILLRACE_INFERENCE_DRIFT_MAX_SEGMENTS", "2",
                "MILLRACE_INFERENCE_QUALITY_LABEL_WAIT", "2h"));
    harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new KeyedProcessOperator<>(
                new WindowsFunction(config.drift(), config.quality(), new NoReferences())),
            PartialSummary::key,
            Types.STRING);
    if (restored != null) {
      harness.initializeState(restored);
    }
    harness.open();
  }

  void add(List<PartialSummary> partials) throws Exception {
    for (PartialSummary partial : partials) {
      harness.processElement(new StreamRecord<>(partial, partial.start()));
    }
  }

  void watermark(long time) throws Exception {
    harness.processWatermark(time);
  }

  void processingTime(long time) throws Exception {
    harness.setProcessingTime(time);
  }

  OperatorSubtaskState snapshot() throws Exception {
    return harness.snapshot(1, 1);
  }

  int stateEntries() {
    return harness.numKeyedStateEntries();
  }

  int timers() {
    return harness.numEventTimeTimers() + harness.numProcessingTimeTimers();
  }

  List<DriftReport> drift() {
    return harness.extractOutputValues();
  }

  List<QualityReport> quality() {
    return side(WindowsFunction.QUALITY);
  }

  List<CostReport> cost() {
    return side(WindowsFunction.COST);
  }

  private <T> List<T> side(OutputTag<T> tag) {
    List<T> reports = new ArrayList<>();
    var records = harness.getSideOutput(tag);
    if (records != null) {
      records.forEach(record -> reports.add(record.getValue()));
    }
    return reports;
  }

  @Override
  public void close() throws Exception {
    harness.close();
  }
}
