package io.millrace.ingress.jobs;

import io.millrace.schemas.Traceparent;
import java.util.Map;
import org.slf4j.spi.LoggingEventBuilder;

/** The fields of log lines that concern one inference job; the jobs in Flink have the same. */
final class LogFields {

  private LogFields() {}

  /** What tells a job and the trace that it belongs to. */
  static Map<String, String> of(String jobId, Traceparent trace) {
    return Map.of("job_id", jobId, "trace_id", trace.traceId());
  }

  /** Adds fields to a line. */
  static LoggingEventBuilder add(LoggingEventBuilder line, Map<String, String> fields) {
    LoggingEventBuilder all = line;
    for (Map.Entry<String, String> field : fields.entrySet()) {
      all = all.addKeyValue(field.getKey(), field.getValue());
    }
    return all;
  }
}
