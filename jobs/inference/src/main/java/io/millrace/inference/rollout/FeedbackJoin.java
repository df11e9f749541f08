package io.millrace.inference.rollout;

import io.millrace.schemas.avro.Feedback;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.StateTtlConfig;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Joins what versions said to a job with the label that somebody gave it, keyed by job id. Either
 * may come first; labels usually come hours or days later. Each version's answer is counted once,
 * with the label that was known then.
 */
public final class FeedbackJoin
    extends KeyedCoProcessFunction<String, Observation, Feedback, LabelledOutcome> {

  private static final long serialVersionUID = 1L;

  /**
   * How long a label waits for an answer: clients know answers before the job's own stream does.
   */
  private static final Duration LABEL_FIRST = Duration.ofHours(1);

  /** Entries that compaction handles between two looks at the clock. */
  private static final long CLOCK_EVERY_ENTRIES = 1000;

  private final long waitMillis;
  private transient MapState<Arm, Observation> answers;
  private transient ValueState<String> label;

  /**
   * @param wait how long an answer waits for its label
   */
  public FeedbackJoin(Duration wait) {
    waitMillis = wait.toMillis();
  }

  @Override
  public void open(OpenContext context) {
    MapStateDescriptor<Arm, Observation> observed =
        new MapStateDescriptor<>(
            "answers", Types.ENUM(Arm.class), TypeInformation.of(Observation.class));
    observed.enableTimeToLive(ttl(Duration.ofMillis(waitMillis)));
    answers = getRuntimeContext().getMapState(observed);
    ValueStateDescriptor<String> told = new ValueStateDescriptor<>("label", Types.STRING);
    told.enableTimeToLive(ttl(LABEL_FIRST));
    label = getRuntimeContext().getState(told);
  }

  private static StateTtlConfig ttl(Duration time) {
    return StateTtlConfig.newBuilder(time)
        .setUpdateType(StateTtlConfig.UpdateType.OnCreateAndWrite)
        .setStateVisibility(StateTtlConfig.StateVisibility.NeverReturnExpired)
        .cleanupInRocksdbCompactFilter(CLOCK_EVERY_ENTRIES, time)
        .build();
  }

  @Override
  public void processElement1(
      Observation observation, Context context, Collector<LabelledOutcome> out) throws Exception {
    if (observation.label() == null) {
      return;
    }
    String known = label.value();
    if (known == null) {
      answers.put(observation.arm(), observation);
    } else {
      out.collect(outcome(observation, known));
    }
  }

  @Override
  public void processElement2(Feedback feedback, Context context, Collector<LabelledOutcome> out)
      throws Exception {
    String told = feedback.getLabel();
    if (told == null) {
      return;
    }
    List<Observation> waiting = new ArrayList<>();
    answers.values().forEach(waiting::add);
    waiting.forEach(observation -> out.collect(outcome(observation, told)));
    answers.clear();
    // Another version's answer may still come.
    label.update(told);
  }

  private static LabelledOutcome outcome(Observation observation, String right) {
    return new LabelledOutcome(
        observation.model(),
        observation.revision(),
        observation.version(),
        observation.arm(),
        right.equals(observation.label()));
  }
}
