package io.millrace.inference.window;

import io.millrace.inference.config.InferenceConfig;
import io.millrace.inference.label.Answered;
import io.millrace.inference.label.AnswersWithLabels;
import io.millrace.inference.label.LabelJoin;
import io.millrace.inference.observe.Sample;
import io.millrace.inference.reference.References;
import io.millrace.inference.summarise.Delays;
import io.millrace.inference.summarise.Measures;
import io.millrace.inference.summarise.PartialSummary;
import io.millrace.inference.summarise.SummariseOperator;
import io.millrace.schemas.avro.CostReport;
import io.millrace.schemas.avro.DriftReport;
import io.millrace.schemas.avro.Feedback;
import io.millrace.schemas.avro.QualityReport;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * The reports of the inference job as a diagram:
 *
 * <pre>
 * event time ──▲─────────────────────────────────────▲
 * samples ─┬─ SUMMARISE ─────────────────────────────┼─────────────────┐ keyBy(model, version, dimension)
 *          └─ answers ─ keyBy(job) ─ LABEL JOIN ─ SUMMARISE LABELS ────┴─ WINDOWS ─┬─ drift reports
 *                          feedback ─────▲                                         ├─ quality reports
 *                                                                                  ╰─ cost reports
 * </pre>
 *
 * Samples stay in their task manager: summaries are what is shuffled. Their event time goes around
 * the step that infers, which watermarks would slow down.
 */
public final class ReportsTopology {

  // Uids of the operators. State is found again by them: none may ever change.
  private static final String SUMMARISE = "summarise";
  private static final String ANSWERS = "answers-with-labels";
  private static final String LABEL_JOIN = "label-join";
  private static final String SUMMARISE_LABELS = "summarise-labels";
  private static final String WINDOWS = "windows";

  private static final TypeInformation<PartialSummary> PARTIAL =
      TypeInformation.of(PartialSummary.class);

  /** In a pane of a subtask; which of them have windows of their own is found out after it. */
  private static final int LOCAL_SEGMENTS_A_SEGMENT = 10;

  private final InferenceConfig.Drift drift;
  private final InferenceConfig.Quality quality;
  private final InferenceConfig.Cost cost;
  private final References.Factory references;

  public ReportsTopology(InferenceConfig config, References.Factory references) {
    drift = config.drift();
    quality = config.quality();
    cost = config.cost();
    this.references = references;
  }

  /** The reports, at least once. */
  public record Outputs(
      DataStream<DriftReport> drift,
      DataStream<QualityReport> quality,
      DataStream<CostReport> cost) {}

  /**
   * Adds the operators to the environment that the streams belong to.
   *
   * @param time has nothing but the watermarks of the requests
   */
  public Outputs build(
      DataStream<Sample> samples, DataStream<Boolean> time, DataStream<Feedback> feedback) {
    DataStream<PartialSummary> summaries = summarise(samples, time);
    if (quality.enabled()) {
      summaries = summaries.union(summariseLabels(samples, time, feedback));
    }
    SingleOutputStreamOperator<DriftReport> reports =
        summaries
            .keyBy(PartialSummary::key)
            .process(
                new WindowsFunction(drift, quality, references),
                TypeInformation.of(DriftReport.class))
            .name("windows")
            .uid(WINDOWS);
    return new Outputs(
        reports,
        reports.getSideOutput(WindowsFunction.QUALITY),
        reports.getSideOutput(WindowsFunction.COST));
  }

  private DataStream<PartialSummary> summarise(
      DataStream<Sample> samples, DataStream<Boolean> time) {
    return samples
        .connect(time)
        .transform(
            "summarise", PARTIAL, SummariseOperator.ofSamples(measures(), references, delays()))
        .uid(SUMMARISE);
  }

  private DataStream<PartialSummary> summariseLabels(
      DataStream<Sample> samples, DataStream<Boolean> time, DataStream<Feedback> feedback) {
    SingleOutputStreamOperator<Answered> answers =
        samples
            .process(new AnswersWithLabels(), TypeInformation.of(Answered.class))
            .name("answers with labels")
            .uid(ANSWERS);
    return answers
        .keyBy(Answered::jobId)
        .connect(feedback.keyBy(Feedback::getJobId))
        .process(new LabelJoin(quality.labelWait()))
        .name("label join")
        .uid(LABEL_JOIN)
        .connect(time)
        .transform(
            "summarise labels",
            PARTIAL,
            SummariseOperator.ofLabels(measures(), references, delays()))
        .uid(SUMMARISE_LABELS);
  }

  private Delays delays() {
    return new Delays(
        drift.answerWait().toMillis(),
        drift.lateInterval().toMillis(),
        drift.idleClose().toMillis());
  }

  private Measures measures() {
    return new Measures(
        drift.enabled(),
        quality.enabled(),
        cost.enabled(),
        drift.lengths().get(0).toMillis(),
        drift.maxSegments() * LOCAL_SEGMENTS_A_SEGMENT,
        drift.reference() == InferenceConfig.Drift.Source.PACKAGE);
  }
}
