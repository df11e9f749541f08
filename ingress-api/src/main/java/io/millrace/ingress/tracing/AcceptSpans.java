package io.millrace.ingress.tracing;

import io.millrace.ingress.problem.ProblemException;
import io.millrace.schemas.Topic;
import io.millrace.schemas.Traceparent;
import io.millrace.tracing.Tracing;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import jakarta.inject.Singleton;
import java.util.Locale;
import java.util.concurrent.CompletionException;

/**
 * The span {@code accept} of a job: from its arrival to the log's acknowledgement. All spans that
 * the job has later are its children. It records nothing when tracing is off or the trace is not
 * sampled.
 */
@Singleton
public final class AcceptSpans {

  private static final AttributeKey<String> SYSTEM = AttributeKey.stringKey("messaging.system");
  private static final AttributeKey<String> DESTINATION =
      AttributeKey.stringKey("messaging.destination.name");
  private static final AttributeKey<String> OPERATION =
      AttributeKey.stringKey("messaging.operation.type");
  private static final AttributeKey<String> JOB_ID = AttributeKey.stringKey("millrace.job.id");
  private static final AttributeKey<String> MODEL = AttributeKey.stringKey("millrace.model");
  private static final AttributeKey<String> ERROR_TYPE = AttributeKey.stringKey("error.type");

  private final Tracing tracing;

  public AcceptSpans(Tracing tracing) {
    this.tracing = tracing;
  }

  /** Starts it. A trace that was made here begins with it. */
  public Span start(RequestTrace trace, String model) {
    Traceparent context = trace.context();
    if (!tracing.on() || !context.sampled()) {
      return Span.getInvalid();
    }
    SpanBuilder accept =
        (trace.made() ? tracing.root("accept") : tracing.child("accept", context))
            .setSpanKind(SpanKind.PRODUCER)
            .setAttribute(SYSTEM, "kafka")
            .setAttribute(DESTINATION, Topic.REQUESTS.name())
            .setAttribute(OPERATION, "send")
            .setAttribute(MODEL, model);
    return trace.made() ? tracing.startRoot(accept, context.traceId()) : accept.startSpan();
  }

  /** The trace that the job carries on: within the span, if that is recorded. */
  public static Traceparent carried(Span accept, RequestTrace trace) {
    return accept.isRecording() ? Tracing.traceparent(accept.getSpanContext()) : trace.context();
  }

  /** The log has acknowledged the job. */
  public static void accepted(Span accept, String jobId) {
    accept.setAttribute(JOB_ID, jobId).end();
  }

  /** The job was refused; changes nothing when it had been accepted before. */
  public static void refused(Span accept, Throwable failure) {
    if (accept.isRecording()) {
      accept.setStatus(StatusCode.ERROR).setAttribute(ERROR_TYPE, type(failure)).end();
    }
  }

  private static String type(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    return cause instanceof ProblemException problem
        ? problem.type().name().toLowerCase(Locale.ROOT)
        : cause.getClass().getName();
  }
}
