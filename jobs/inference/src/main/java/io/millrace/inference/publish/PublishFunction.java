package io.millrace.inference.publish;

import io.millrace.inference.metrics.FlinkMeters;
import io.millrace.inference.metrics.ResultMetrics;
import io.millrace.inference.observe.Sample;
import io.millrace.inference.rollout.Observation;
import io.millrace.inference.rollout.VersionReadiness;
import io.millrace.jobs.LogContext;
import io.millrace.schemas.avro.InferenceError;
import io.millrace.schemas.avro.InferenceResult;
import java.time.Clock;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Splits outcomes into results, which it counts, and observations, readiness and samples beside
 * them.
 */
public final class PublishFunction extends ProcessFunction<Outcome, InferenceResult> {

  private static final Logger LOG = LoggerFactory.getLogger(PublishFunction.class);

  private static final long serialVersionUID = 1L;

  public static final OutputTag<Observation> OBSERVATIONS =
      new OutputTag<>("observations") {
        private static final long serialVersionUID = 1L;
      };

  public static final OutputTag<VersionReadiness> READINESS =
      new OutputTag<>("readiness") {
        private static final long serialVersionUID = 1L;
      };

  public static final OutputTag<Sample> SAMPLES =
      new OutputTag<>("samples") {
        private static final long serialVersionUID = 1L;
      };

  private transient ResultMetrics metrics;
  private transient Clock clock;

  @Override
  public void open(OpenContext context) {
    metrics = new ResultMetrics(new FlinkMeters(getRuntimeContext().getMetricGroup()));
    clock = Clock.systemUTC();
  }

  @Override
  public void processElement(Outcome outcome, Context context, Collector<InferenceResult> out) {
    if (outcome.result() != null) {
      if (!outcome.rejected()) {
        metrics.left(outcome.result(), context.timestamp(), clock.millis());
      }
      log(outcome.result());
      out.collect(outcome.result());
    }
    if (outcome.observation() != null) {
      context.output(OBSERVATIONS, outcome.observation());
    }
    if (outcome.readiness() != null) {
      context.output(READINESS, outcome.readiness());
    }
    if (outcome.sample() != null) {
      context.output(SAMPLES, outcome.sample());
    }
  }

  private static void log(InferenceResult result) {
    if (!LOG.isDebugEnabled()) {
      return;
    }
    InferenceError error = result.getError();
    try (LogContext job = LogContext.of(result.getJobId(), result.getTraceparent())) {
      LOG.debug(
          "Job of {}/{} ends: {} {}",
          result.getModel(),
          result.getVersion(),
          result.getStatus(),
          error == null ? result.getOrigin() : error.getReason());
    }
  }
}
