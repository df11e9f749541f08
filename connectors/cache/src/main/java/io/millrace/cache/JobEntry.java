package io.millrace.cache;

import io.millrace.schemas.Fingerprint;
import io.millrace.schemas.avro.InferenceCommand;
import io.millrace.schemas.avro.InferenceResult;
import io.millrace.schemas.avro.Submit;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What the read side knows of a job. */
public sealed interface JobEntry {

  String jobId();

  String tenant();

  /**
   * A job that was accepted and has no result yet.
   *
   * @param version the version that the client asked for; null when it left the choice
   * @param fingerprint of what was submitted, which a cancellation must name; null in entries that
   *     the first release wrote
   */
  record Accepted(
      String jobId,
      String tenant,
      String model,
      @Nullable String version,
      Instant createdAt,
      @Nullable String fingerprint)
      implements JobEntry {

    /** The entry of a submission; computes the fingerprint when the command has none. */
    public static Accepted of(InferenceCommand command, Submit submit) {
      String fingerprint = command.getFingerprint();
      return new Accepted(
          command.getJobId(),
          command.getTenant(),
          command.getModel(),
          submit.getVersion(),
          command.getCreatedAt(),
          fingerprint == null
              ? Fingerprint.of(command.getTenant(), command.getModel(), submit)
              : fingerprint);
    }
  }

  /** A job that has ended. */
  record Finished(InferenceResult result) implements JobEntry {
    @Override
    public String jobId() {
      return result.getJobId();
    }

    @Override
    public String tenant() {
      return result.getTenant();
    }
  }
}
