package io.millrace.jobs;

import io.millrace.schemas.Traceparent;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Marks what a thread logs with the inference job that it concerns, until it is closed. The fields
 * are those of the API's logs; they stand beside Flink's own {@code flink-job-id}.
 */
public final class LogContext implements AutoCloseable {

  /** The id of the inference job. */
  public static final String JOB_ID = "job_id";

  /** The 32 hex digits of the trace that it belongs to. */
  public static final String TRACE_ID = "trace_id";

  private LogContext() {}

  /**
   * Marks what follows.
   *
   * @param traceparent the W3C trace that the job belongs to; null for none
   */
  public static LogContext of(String jobId, @Nullable String traceparent) {
    MDC.put(JOB_ID, jobId);
    Traceparent trace = Traceparent.parse(traceparent);
    if (trace != null) {
      MDC.put(TRACE_ID, trace.traceId());
    }
    return new LogContext();
  }

  @Override
  public void close() {
    MDC.remove(JOB_ID);
    MDC.remove(TRACE_ID);
  }
}
