package io.millrace.inference;

import io.millrace.schemas.Fingerprint;
import io.millrace.schemas.Tensors;
import io.millrace.schemas.avro.Cancel;
import io.millrace.schemas.avro.Deployment;
import io.millrace.schemas.avro.InferenceCommand;
import io.millrace.schemas.avro.Priority;
import io.millrace.schemas.avro.Submit;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Commands and deployments for tests. */
public final class Commands {

  public static final Instant CREATED_AT = Instant.parse("2026-01-01T00:00:00Z");
  public static final String MODEL = "support-desk";

  private Commands() {}

  public static InferenceCommand command(String jobId, String text) {
    return command(jobId, MODEL, text, null);
  }

  public static InferenceCommand command(
      String jobId, String model, String text, @Nullable String version) {
    Submit submit =
        new Submit(
            version,
            List.of(Tensors.ofStrings("text", List.of(text))),
            Map.of(),
            List.of(),
            Priority.NORMAL,
            null,
            false,
            null,
            null);
    return new InferenceCommand(
        jobId,
        "default",
        model,
        Fingerprint.of("default", model, submit),
        CREATED_AT,
        null,
        submit);
  }

  /** A submission with a deadline. */
  public static InferenceCommand command(String jobId, String text, Instant deadline) {
    InferenceCommand command = command(jobId, text);
    ((Submit) command.getCommand()).setDeadline(deadline);
    return command;
  }

  /** Cancels the job of {@link #command(String, String)}. */
  public static InferenceCommand cancellation(String jobId, String text) {
    InferenceCommand command = command(jobId, text);
    command.setCommand(new Cancel());
    return command;
  }

  public static Deployment deployment(String model, long revision, String version) {
    return Deployment.newBuilder()
        .setModel(model)
        .setRevision(revision)
        .setVersion(version)
        .setUpdatedAt(CREATED_AT)
        .build();
  }
}
