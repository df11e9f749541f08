package io.millrace.inference.rollout;

import io.millrace.schemas.avro.Deployment;
import io.millrace.schemas.avro.Feedback;
import io.millrace.schemas.avro.RolloutCommand;
import io.millrace.schemas.avro.RolloutDecision;
import io.millrace.schemas.avro.RolloutStatus;
import java.time.Duration;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * The rollouts of the inference job as a diagram:
 *
 * <pre>
 * observations ─┬──────────────────────────────── keyBy(model) ─ ROLLOUT ─┬─ decisions
 *               └─ JUDGED ─ keyBy(job) ─ LABELS ──────┐ keyBy(model) ▲    └▶ status
 *                     ▲      feedback ─────▲          ├──────────────┘
 *                     └ broadcast ─┬──────────────────┤
 *             deployments, decisions                  │
 *             commands, readiness ────────────────────┘
 * </pre>
 *
 * Decisions come back through their log: what leaves here is proposed, what comes in counts.
 */
public final class RolloutTopology {

  // Uids of the operators. State is found again by them: none may ever change.
  private static final String JUDGED = "rollout-judged";
  private static final String LABELS = "rollout-labels";
  private static final String ROLLOUT = "rollout";

  private final Duration feedbackWait;

  /**
   * @param feedbackWait how long an answer waits for its feedback
   */
  public RolloutTopology(Duration feedbackWait) {
    this.feedbackWait = feedbackWait;
  }

  /**
   * What the rollouts tell.
   *
   * @param decisions for the log that {@code build} reads, at least once
   * @param status for those who look
   */
  public record Outputs(DataStream<RolloutDecision> decisions, DataStream<RolloutStatus> status) {}

  /**
   * Adds the operators to the environment that the streams belong to.
   *
   * @param decisions as the log has them, this job's own included
   */
  public Outputs build(
      DataStream<Observation> observations,
      DataStream<VersionReadiness> readiness,
      DataStream<Deployment> deployments,
      DataStream<RolloutDecision> decisions,
      DataStream<RolloutCommand> commands,
      DataStream<Feedback> feedback) {
    DataStream<Control> asked =
        control(deployments, "deployments", Control::of)
            .union(control(decisions, "decisions", Control::of));
    DataStream<Control> told =
        asked.union(
            control(commands, "commands", Control::of),
            control(readiness, "readiness", Control::of),
            control(labels(observations, feedback, asked), "outcomes", Control::of));
    SingleOutputStreamOperator<RolloutDecision> proposed =
        observations
            .keyBy(Observation::model)
            .connect(told.keyBy(Control::model))
            .process(new RolloutFunction(), TypeInformation.of(RolloutDecision.class))
            .name("rollout")
            .uid(ROLLOUT);
    return new Outputs(proposed, proposed.getSideOutput(RolloutFunction.STATUS));
  }

  private static <T> DataStream<Control> control(
      DataStream<T> stream, String name, MapFunction<T, Control> wrap) {
    return stream
        .map(wrap, TypeInformation.of(Control.class))
        .name("rollout " + name)
        .uid("rollout-" + name + "-control")
        // Else records of a log would be dealt out and overtake each other.
        .setParallelism(stream.getParallelism());
  }

  private DataStream<LabelledOutcome> labels(
      DataStream<Observation> observations,
      DataStream<Feedback> feedback,
      DataStream<Control> control) {
    DataStream<Observation> judged =
        observations
            .connect(control.broadcast(JudgedAnswers.REVISIONS))
            .process(new JudgedAnswers())
            .name("rollout judged answers")
            .uid(JUDGED);
    return judged
        .keyBy(Observation::jobId)
        .connect(feedback.keyBy(Feedback::getJobId))
        .process(new FeedbackJoin(feedbackWait))
        .name("rollout labels")
        .uid(LABELS);
  }
}
