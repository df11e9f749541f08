package io.millrace.inference.summarise;

import io.millrace.inference.label.LabelledAnswer;
import io.millrace.inference.observe.Sample;
import io.millrace.inference.reference.References;
import java.io.Serializable;
import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;

/**
 * Sums samples up, subtask by subtask, and hands a pane on when its time is over: before the
 * watermark that says so, so that who comes after has all of the pane by then. Late samples are
 * handed on together, every now and then.
 *
 * <p>Its first input has samples, its second nothing but the event time of the requests: that does
 * not go through the step that infers, see {@code InferenceTopology}. So time waits a little for
 * the answers to what was read.
 *
 * <p>An operator and no process function, because only an operator can do something before it
 * passes a watermark on; and because it has event time go on when the sources are idle, see {@link
 * EventClock}. So it never calls itself idle.
 *
 * @param <T> samples, or answers with their labels
 */
@SuppressWarnings(
    "NullAway.Init") // What is transient is set by initializeState, before anything else.
public final class SummariseOperator<T> extends AbstractStreamOperator<PartialSummary>
    implements TwoInputStreamOperator<T, Boolean, PartialSummary> {

  private static final long serialVersionUID = 1L;

  private static final ListStateDescriptor<PartialSummary> PANES =
      new ListStateDescriptor<>("panes", TypeInformation.of(PartialSummary.class));

  /** What the watermark was; every subtask gets that of all. */
  private static final ListStateDescriptor<Long> EVENT_TIME =
      new ListStateDescriptor<>("event-time", Types.LONG);

  /** How often event time is looked at while no watermark comes. */
  private static final long TICK_MILLIS = 500;

  /** Counted from 0. */
  private static final int TIME_INPUT = 1;

  private final Addition<T> addition;
  private final Measures measures;
  private final References.Factory references;
  private final Delays delays;
  private transient References opened;
  private transient Panes panes;
  private transient EventClock clock;
  private transient ListState<PartialSummary> storedPanes;
  private transient ListState<Long> storedTime;
  private transient boolean samplesEnded;
  private transient boolean timeEnded;
  private transient long passedOn;
  private transient long restoredTime;
  private transient long lookedForLateAt;

  private SummariseOperator(
      Addition<T> addition, Measures measures, References.Factory references, Delays delays) {
    this.addition = addition;
    this.measures = measures;
    this.references = references;
    this.delays = delays;
  }

  /** Adds an element to the panes. */
  private interface Addition<T> extends Serializable {

    /**
     * @return its time
     */
    long add(Panes panes, T element, long timestamp);
  }

  /** Of samples; one without a timestamp has the time of its answer. */
  public static SummariseOperator<Sample> ofSamples(
      Measures measures, References.Factory references, Delays delays) {
    return new SummariseOperator<>(
        (panes, sample, timestamp) -> {
          long time = timestamp == Long.MIN_VALUE ? sample.answeredAt() : timestamp;
          panes.add(sample, time);
          return time;
        },
        measures,
        references,
        delays);
  }

  /** Of answers with their labels, whose panes are those of the answers. */
  public static SummariseOperator<LabelledAnswer> ofLabels(
      Measures measures, References.Factory references, Delays delays) {
    return new SummariseOperator<>(
        (panes, labelled, timestamp) -> {
          panes.add(labelled);
          return labelled.answer().time();
        },
        measures,
        references,
        delays);
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    opened = references.open();
    panes = new Panes(measures, opened);
    clock = new EventClock(delays.answers(), delays.idle(), now());
    passedOn = Long.MIN_VALUE;
    restoredTime = Long.MIN_VALUE;
    storedPanes = context.getOperatorStateStore().getListState(PANES);
    storedTime = context.getOperatorStateStore().getUnionListState(EVENT_TIME);
    if (context.isRestored()) {
      restore();
    }
  }

  private void restore() throws Exception {
    for (PartialSummary pane : storedPanes.get()) {
      panes.add(pane);
    }
    long least = Long.MAX_VALUE;
    for (long time : storedTime.get()) {
      least = Math.min(least, time);
    }
    if (least != Long.MAX_VALUE) {
      restoredTime = least;
      clock.restore(least, panes.latest());
    }
  }

  @Override
  public void open() throws Exception {
    super.open();
    lookedForLateAt = now();
    tickLater();
  }

  @Override
  public void processElement1(StreamRecord<T> element) {
    long timestamp = element.hasTimestamp() ? element.getTimestamp() : Long.MIN_VALUE;
    clock.saw(addition.add(panes, element.getValue(), timestamp), now());
  }

  @Override
  public void processElement2(StreamRecord<Boolean> nothing) {
    // Only its time counts.
  }

  /** Samples have no time of their own but their end. */
  @Override
  public void processWatermark1(Watermark watermark) {
    if (watermark.equals(Watermark.MAX_WATERMARK)) {
      samplesEnded = true;
      end();
    }
  }

  @Override
  public void processWatermark2(Watermark watermark) {
    if (watermark.equals(Watermark.MAX_WATERMARK)) {
      timeEnded = true;
      end();
    } else {
      clock.watermark(watermark.getTimestamp(), now());
      clock.tick(now());
      advance();
    }
  }

  private void end() {
    if (samplesEnded && timeEnded) {
      clock.end();
      advance();
    }
  }

  /** Is not passed on: event time goes on here when it does so nowhere else. */
  @Override
  protected void processWatermarkStatus(WatermarkStatus status, int input) {
    if (input == TIME_INPUT) {
      clock.idle(status.isIdle(), now());
    }
  }

  private void tickLater() {
    var unused = getProcessingTimeService().registerTimer(now() + TICK_MILLIS, this::tick);
  }

  private void tick(long timestamp) {
    long now = now();
    clock.tick(now);
    advance();
    if (now - lookedForLateAt >= delays.late()) {
      lookedForLateAt = now;
      handOn();
    }
    tickLater();
  }

  /** Hands on what the new time ends, and then the time. */
  private void advance() {
    // What was late in an earlier run is late in this one.
    passOn(restoredTime);
    long time = clock.time();
    // What is late waits for its interval, unless there is something to go with.
    if (panes.haveEnded(passedOn, time)) {
      handOn();
    }
    passOn(time);
  }

  private void passOn(long time) {
    if (time > passedOn) {
      passedOn = time;
      output.emitWatermark(new Watermark(time));
    }
  }

  private void handOn() {
    for (PartialSummary summary : panes.takeEnded(clock.time())) {
      output.collect(new StreamRecord<>(summary, summary.start()));
    }
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    storedPanes.update(panes.summaries());
    // A job whose input has ended is at the end of time; who goes on from there is not.
    storedTime.update(clock.time() == Long.MAX_VALUE ? List.of() : List.of(clock.time()));
  }

  @Override
  public void close() throws Exception {
    if (opened != null) {
      opened.close();
    }
    super.close();
  }

  private long now() {
    return getProcessingTimeService().getCurrentProcessingTime();
  }
}
