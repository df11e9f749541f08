package io.millrace.inference.tracing;

import io.millrace.models.PredictionException;
import io.millrace.models.runtime.CallListener;
import io.millrace.models.runtime.CallReport;
import io.millrace.models.runtime.ItemTag;
import io.millrace.schemas.Traceparent;
import io.millrace.schemas.avro.Execution;
import io.millrace.schemas.avro.InferenceCommand;
import io.millrace.schemas.avro.InferenceError;
import io.millrace.schemas.avro.InferenceResult;
import io.millrace.schemas.avro.ResultStatus;
import io.millrace.tracing.Tracing;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Makes spans of what has happened to jobs:
 *
 * <pre>
 * accept (or the client's own span)      batch ─ linked to the accept of each of its items
 *   ├ queue    accepted → taken up
 *   ├ infer    taken up → answered
 *   └ publish  given to the job store → there
 * </pre>
 *
 * Of jobs without a sampled trace none are made. When tracing is off each method only looks at
 * that. Two of one recorder are equal, so that a batch is reported once.
 *
 * @param clock dates the ends of model calls
 */
public record JobSpans(Tracing tracing, InstantSource clock) implements CallListener {

  static final AttributeKey<String> JOB_ID = AttributeKey.stringKey("millrace.job.id");
  static final AttributeKey<String> JOB_STATUS = AttributeKey.stringKey("millrace.job.status");
  static final AttributeKey<String> JOB_ORIGIN = AttributeKey.stringKey("millrace.job.origin");
  static final AttributeKey<String> MODEL = AttributeKey.stringKey("millrace.model");
  static final AttributeKey<String> VERSION = AttributeKey.stringKey("millrace.model.version");
  static final AttributeKey<Long> TOKENS = AttributeKey.longKey("millrace.tokens");
  static final AttributeKey<Long> PADDED_TOKENS = AttributeKey.longKey("millrace.padded_tokens");
  static final AttributeKey<Long> BATCH_SIZE = AttributeKey.longKey("millrace.batch.size");
  static final AttributeKey<Double> BATCH_WAIT = AttributeKey.doubleKey("millrace.batch.wait");
  static final AttributeKey<String> ERROR_TYPE = AttributeKey.stringKey("error.type");

  /** Makes none. */
  public static JobSpans off() {
    return new JobSpans(Tracing.off(), InstantSource.system());
  }

  /** Lets the model calls that a job runs in be linked to it; null when they need not. */
  public @Nullable ItemTag tag(InferenceCommand command) {
    Traceparent trace = recorded(command.getTraceparent());
    return trace == null ? null : new ItemTag(this, trace.value());
  }

  /** A job that inference took up has a result. */
  public void inferred(InferenceResult result) {
    Traceparent trace = recorded(result.getTraceparent());
    Instant started = result.getStartedAt();
    if (trace == null || started == null) {
      return;
    }
    queue(result, trace, started).startSpan().end(started);
    SpanBuilder infer =
        ofJob("infer", result, trace)
            .setSpanKind(SpanKind.CONSUMER)
            .setStartTimestamp(started)
            .setAttribute(VERSION, result.getVersion())
            .setAttribute(JOB_STATUS, name(result.getStatus()))
            .setAttribute(JOB_ORIGIN, result.getOrigin() == null ? null : name(result.getOrigin()));
    Execution execution = result.getExecution();
    if (execution != null) {
      infer
          .setAttribute(BATCH_SIZE, (long) execution.getBatchSize())
          .setAttribute(BATCH_WAIT, execution.getBatchWaitSeconds())
          .setAttribute(TOKENS, (long) execution.getTokens())
          .setAttribute(PADDED_TOKENS, (long) execution.getPaddedTokens());
    }
    Span span = infer.startSpan();
    end(span, result, result.getCompletedAt());
  }

  /** A model call has ended; the time that its items waited is not in the span. */
  @Override
  public void ended(CallReport call) {
    if (!tracing.on()) {
      return;
    }
    Instant end = clock.instant();
    SpanBuilder batch =
        tracing
            .root("batch")
            .setStartTimestamp(end.minus(call.time()))
            .setAttribute(MODEL, call.version().model())
            .setAttribute(VERSION, call.version().version())
            .setAttribute(BATCH_SIZE, (long) call.items())
            .setAttribute(TOKENS, (long) call.tokens())
            .setAttribute(PADDED_TOKENS, (long) call.paddedTokens());
    call.tags().forEach(item -> batch.addLink(Tracing.context(new Traceparent(item))));
    Span span = batch.startSpan();
    PredictionException failure = call.failure();
    if (failure != null) {
      fail(span, name(failure.reason()));
    }
    span.end(end);
  }

  /** A result goes to the job store: to be given to {@link #published}. */
  public Span publishing(InferenceResult result) {
    Traceparent trace = recorded(result.getTraceparent());
    if (trace == null) {
      return Span.getInvalid();
    }
    if (result.getStartedAt() == null) { // All that it did was to wait.
      Instant ended = result.getCompletedAt();
      end(queue(result, trace, ended).startSpan(), result, ended);
    }
    return ofJob("publish", result, trace).setSpanKind(SpanKind.PRODUCER).startSpan();
  }

  /** The result is in the job store, or is not. */
  public static void published(Span publish, @Nullable Throwable failure) {
    if (failure != null) {
      fail(publish, failure.getClass().getName());
    }
    publish.end();
  }

  private @Nullable Traceparent recorded(@Nullable String traceparent) {
    if (!tracing.on()) {
      return null;
    }
    Traceparent trace = Traceparent.parse(traceparent);
    return trace != null && trace.sampled() ? trace : null;
  }

  /** From the clock of whoever accepted it to this one's: never less than nothing. */
  private SpanBuilder queue(InferenceResult result, Traceparent trace, Instant end) {
    Instant created = result.getCreatedAt();
    return ofJob("queue", result, trace).setStartTimestamp(created.isAfter(end) ? end : created);
  }

  private SpanBuilder ofJob(String name, InferenceResult result, Traceparent trace) {
    return tracing
        .child(name, trace)
        .setAttribute(JOB_ID, result.getJobId())
        .setAttribute(MODEL, result.getModel());
  }

  private static void end(Span span, InferenceResult result, Instant end) {
    InferenceError error = result.getError();
    if (error != null && result.getStatus() != ResultStatus.CANCELLED) {
      fail(span, name(error.getReason()));
    }
    span.end(end);
  }

  private static void fail(Span span, String type) {
    span.setStatus(StatusCode.ERROR).setAttribute(ERROR_TYPE, type);
  }

  private static String name(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
