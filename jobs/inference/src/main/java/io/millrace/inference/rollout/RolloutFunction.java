package io.millrace.inference.rollout;

import io.millrace.schemas.avro.RolloutDecision;
import io.millrace.schemas.avro.RolloutStatus;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the {@link RolloutController} of each model. While something is under way a timer looks each
 * second; at other times there is none.
 */
final class RolloutFunction
    extends KeyedCoProcessFunction<String, Observation, Control, RolloutDecision> {

  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(RolloutFunction.class);

  /** How rollouts go, between their decisions. */
  static final OutputTag<RolloutStatus> STATUS =
      new OutputTag<>("rollout-status", TypeInformation.of(RolloutStatus.class));

  private static final long TICK_MILLIS = 1_000;

  private static final ValueStateDescriptor<RolloutState> ROLLOUT =
      new ValueStateDescriptor<>("rollout", TypeInformation.of(RolloutState.class));

  /** When the timer fires; nothing while there is none. */
  private static final ValueStateDescriptor<Long> NEXT_TICK =
      new ValueStateDescriptor<>("next-tick", Types.LONG);

  private transient ValueState<RolloutState> rollout;
  private transient ValueState<Long> nextTick;

  @Override
  public void open(OpenContext context) {
    rollout = getRuntimeContext().getState(ROLLOUT);
    nextTick = getRuntimeContext().getState(NEXT_TICK);
  }

  @Override
  public void processElement1(
      Observation observation, Context context, Collector<RolloutDecision> out) throws Exception {
    RolloutState state = state();
    act(state, RolloutController.observe(state, observation), context, out);
  }

  @Override
  public void processElement2(Control control, Context context, Collector<RolloutDecision> out)
      throws Exception {
    RolloutState state = state();
    long now = context.timerService().currentProcessingTime();
    RolloutState next = RolloutController.hear(state, control, now);
    boolean told = !next.logs().equals(state.logs());
    RolloutState current = act(state, told ? told(next, now) : next, context, out);
    if (told) {
      tell(current, context);
    }
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<RolloutDecision> out)
      throws Exception {
    nextTick.clear();
    RolloutState state = state();
    boolean due = state.isUnderWay() && RolloutController.isStatusDue(state, timestamp);
    RolloutState current = act(state, due ? told(state, timestamp) : state, context, out);
    if (due) {
      tell(current, context);
    }
  }

  private RolloutState state() throws Exception {
    RolloutState state = rollout.value();
    return state == null ? RolloutState.NONE : state;
  }

  private static RolloutState told(RolloutState state, long now) {
    return state.with(state.round().toldAt(now));
  }

  /** Decides, remembers, and looks again while there is something to look at. */
  private RolloutState act(
      RolloutState before, RolloutState heard, Context context, Collector<RolloutDecision> out)
      throws Exception {
    long now = context.timerService().currentProcessingTime();
    RolloutDecision proposed = RolloutController.decide(heard, now);
    RolloutState after = heard;
    if (proposed != null) {
      log(proposed);
      out.collect(proposed);
      after = heard.with(heard.round().proposing(new Proposal(proposed, now)));
    }
    if (!after.equals(before)) {
      rollout.update(after);
    }
    if (after.isUnderWay() && nextTick.value() == null) {
      nextTick.update(now + TICK_MILLIS);
      context.timerService().registerProcessingTimeTimer(now + TICK_MILLIS);
    }
    return after;
  }

  private static void tell(RolloutState state, Context context) {
    RolloutStatus status =
        RolloutController.status(state, context.timerService().currentProcessingTime());
    if (status != null) {
      context.output(STATUS, status);
    }
  }

  private static void log(RolloutDecision proposed) {
    LOG.info(
        "Rollout of {}, revision {}, decision {}: {} by {}: {}",
        proposed.getModel(),
        proposed.getRevision(),
        proposed.getSequence(),
        proposed.getAction(),
        proposed.getBy(),
        proposed.getReason());
  }
}
