package io.millrace.inference.deduplicate;

import io.millrace.schemas.avro.InferenceCommand;

/**
 * The first copy of a command.
 *
 * @param cancelled whether it is a job that was cancelled before it came, and so ends
 */
public record UniqueCommand(InferenceCommand command, boolean cancelled) {

  /** One that goes on. */
  public static UniqueCommand of(InferenceCommand command) {
    return new UniqueCommand(command, false);
  }

  /** What it is keyed by. */
  public String fingerprint() {
    return command.getFingerprint();
  }
}
