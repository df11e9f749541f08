package io.millrace.inference.label;

import io.millrace.inference.observe.Sample;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/** Takes the answers of classifiers out of samples: those that a label can say something of. */
public final class AnswersWithLabels extends ProcessFunction<Sample, Answered> {

  private static final long serialVersionUID = 1L;

  @Override
  public void processElement(Sample sample, Context context, Collector<Answered> out) {
    String label = sample.label();
    if (label == null || Double.isNaN(sample.confidence())) {
      return;
    }
    Long time = context.timestamp();
    out.collect(
        new Answered(
            sample.jobId(),
            sample.model(),
            sample.version(),
            sample.segments(),
            label,
            sample.confidence(),
            time == null ? sample.answeredAt() : time,
            sample.answeredAt()));
  }
}
