package io.millrace.ingress.jobs;

import io.micronaut.http.HttpResponse;
import io.millrace.schemas.avro.InferenceResult;

/** What a call that waits for its job has to answer. */
public sealed interface SynchronousAnswer {

  /** The job has succeeded. */
  record Succeeded(InferenceResult result) implements SynchronousAnswer {}

  /**
   * The client did not want to wait.
   *
   * @param response the native answer, 202 with the job
   */
  record Accepted(HttpResponse<?> response) implements SynchronousAnswer {}
}
