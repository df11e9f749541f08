package io.millrace.evaluation.replay;

import io.millrace.schemas.avro.InferenceCommand;

/**
 * A submission as it lies in the log.
 *
 * @param offset in its partition; all copies of a job are in one partition
 */
public record LoggedCommand(long offset, InferenceCommand command) {

  String jobId() {
    return command.getJobId();
  }
}
