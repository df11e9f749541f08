package io.millrace.jobs.decode;

import io.millrace.jobs.progress.ProgressReport;
import io.millrace.jobs.progress.ProgressReporting;
import io.millrace.kafka.ReceivedRecord;
import io.millrace.schemas.avro.DeadLetter;
import io.millrace.schemas.avro.DeadLetterReason;
import java.time.Clock;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/** Turns records into values of their contract; the others go to {@link #DEAD_LETTERS}. */
public final class DecodeFunction<T> extends ProcessFunction<ReceivedRecord, T> {

  private static final long serialVersionUID = 1L;

  public static final OutputTag<DeadLetter> DEAD_LETTERS =
      new OutputTag<>("dead-letters") {
        private static final long serialVersionUID = 1L;
      };

  private final RecordDecoder<T> decoder;
  private final ProgressReporting reporting;
  private transient ProgressReport progress;
  private transient Clock clock;
  private transient Map<DeadLetterReason, Counter> refused;

  public DecodeFunction(RecordDecoder<T> decoder) {
    this(decoder, ProgressReporting.NONE);
  }

  /**
   * @param reporting is told of what is read, and of what is in flight no longer since it cannot be
   *     understood
   */
  public DecodeFunction(RecordDecoder<T> decoder, ProgressReporting reporting) {
    this.decoder = decoder;
    this.reporting = reporting;
  }

  @Override
  public void open(OpenContext context) {
    clock = Clock.systemUTC();
    refused = new EnumMap<>(DeadLetterReason.class);
    // All from the start, so that a rate is right from the first.
    for (DeadLetterReason reason : DeadLetterReason.values()) {
      refusals(reason);
    }
    progress = reporting.open();
  }

  @Override
  public void processElement(ReceivedRecord received, Context context, Collector<T> out) {
    progress.read(received.partition(), received.offset());
    decoder
        .decode(received, clock.instant())
        .fold(out::collect, deadLetter -> refuse(deadLetter, context));
  }

  private void refuse(DeadLetter deadLetter, Context context) {
    refusals(deadLetter.getReason()).inc();
    context.output(DEAD_LETTERS, deadLetter);
    progress.left();
  }

  @Override
  public void close() {
    if (progress != null) {
      progress.close();
    }
  }

  private Counter refusals(DeadLetterReason reason) {
    return refused.computeIfAbsent(
        reason,
        key ->
            getRuntimeContext()
                .getMetricGroup()
                .addGroup("reason", key.name().toLowerCase(Locale.ROOT))
                .counter("millrace_dead_letters_total"));
  }
}
