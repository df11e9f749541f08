package io.millrace.cache;

import io.millrace.schemas.avro.InferenceResult;
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
   */
  record Accepted(
      String jobId, String tenant, String model, @Nullable String version, Instant createdAt)
      implements JobEntry {}

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
