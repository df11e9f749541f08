package io.millrace.ingress.jobs;

import io.millrace.schemas.Traceparent;
import io.millrace.schemas.avro.InferenceCommand;
import java.util.concurrent.CompletableFuture;

/** The durable log that commands are written to. */
interface CommandLog {

  /**
   * Writes a command. May block its caller for a short, bounded time. The future completes when the
   * command is durable, on a thread that must not be held up; it fails when that is not known.
   */
  CompletableFuture<Void> append(InferenceCommand command, Traceparent trace);
}
