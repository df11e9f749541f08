package io.millrace.inference.tracing;

import io.millrace.inference.config.InferenceConfig;
import io.millrace.tracing.SharedTracing;
import java.time.Clock;

/** Spans through the recorder that all subtasks of a task manager share. */
public final class SharedJobSpans implements AutoCloseable {

  private static final String SERVICE = "millrace-inference";

  private final SharedTracing.Lease lease;
  private final JobSpans spans;

  private SharedJobSpans(SharedTracing.Lease lease) {
    this.lease = lease;
    spans = new JobSpans(lease.tracing(), Clock.systemUTC());
  }

  /** Opens the recorder where the subtask runs, unless another has. */
  public static SharedJobSpans open(InferenceConfig.Tracing config) {
    return new SharedJobSpans(SharedTracing.acquire(SERVICE, config.endpoint()));
  }

  public JobSpans spans() {
    return spans;
  }

  @Override
  public void close() {
    lease.close();
  }
}
