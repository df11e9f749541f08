package io.millrace.evaluation.replay;

import io.millrace.schemas.avro.InferenceResult;

/**
 * A result as it lies in the log.
 *
 * @param offset in its partition; all results of a job are in one partition
 */
public record LoggedResult(long offset, InferenceResult result) {

  String jobId() {
    return result.getJobId();
  }
}
