package io.millrace.inference.label;

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
 * may come first; labels usually come hours or days later. Each version's answer is labelled once,
 * with the label that was known then: a later correction changes no window.
 */
public final class LabelJoin
    extends KeyedCoProcessFunction<String, Answered, Feedback, LabelledAnswer> {

  private static final long serialVersionUID = 1L;

  /**
   * How long a label waits for an answer: clients know answers before the job's own stream does.
   */
  private static final Duration LABEL_FIRST = Duration.ofHours(1);

  /** Entries that compaction handles between two looks at the clock. */
  private static final long CLOCK_EVERY_ENTRIES = 1000;

  private final long waitMillis;
  private transient MapState<String, Answered> answers;
  private transient ValueState<String> label;

  /**
   * @param wait how long an answer waits for its label
   */
  public LabelJoin(Duration wait) {
    waitMillis = wait.toMillis();
  }

  @Override
  public void open(OpenContext context) {
    MapStateDescriptor<String, Answered> waiting =
        new MapStateDescriptor<>(
            "waiting-for-label", Types.STRING, TypeInformation.of(Answered.class));
    waiting.enableTimeToLive(ttl(Duration.ofMillis(waitMillis)));
    answers = getRuntimeContext().getMapState(waiting);
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
  public void processElement1(Answered answer, Context context, Collector<LabelledAnswer> out)
      throws Exception {
    String known = label.value();
    if (known == null) {
      answers.put(answer.version(), answer);
    } else {
      out.collect(new LabelledAnswer(answer, known, 0));
    }
  }

  @Override
  public void processElement2(Feedback feedback, Context context, Collector<LabelledAnswer> out)
      throws Exception {
    String told = feedback.getLabel();
    if (told == null) {
      return;
    }
    List<Answered> waiting = new ArrayList<>();
    answers.values().forEach(waiting::add);
    long labelledAt = feedback.getCreatedAt().toEpochMilli();
    for (Answered answer : waiting) {
      double delay = Math.max(0, labelledAt - answer.answeredAt()) / 1e3;
      out.collect(new LabelledAnswer(answer, told, delay));
    }
    answers.clear();
    // Another version's answer may still come.
    label.update(told);
  }
}
