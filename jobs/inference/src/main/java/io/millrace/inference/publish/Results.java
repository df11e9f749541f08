package io.millrace.inference.publish;

import io.millrace.schemas.avro.ErrorReason;
import io.millrace.schemas.avro.Execution;
import io.millrace.schemas.avro.InferenceCommand;
import io.millrace.schemas.avro.InferenceError;
import io.millrace.schemas.avro.InferenceResult;
import io.millrace.schemas.avro.Origin;
import io.millrace.schemas.avro.ResultStatus;
import io.millrace.schemas.avro.Submit;
import io.millrace.schemas.avro.Tensor;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the terminal results of jobs. */
public final class Results {

  private Results() {}

  /**
   * A success.
   *
   * @param execution the model call behind it; null unless computed for this job
   */
  public static InferenceResult succeeded(
      InferenceCommand command,
      String version,
      Origin origin,
      List<Tensor> outputs,
      @Nullable Execution execution,
      Instant startedAt,
      Instant completedAt) {
    return of(command, version, ResultStatus.SUCCEEDED, startedAt, completedAt)
        .setOrigin(origin)
        .setOutputs(outputs)
        .setExecution(execution)
        .build();
  }

  /**
   * A cancellation that came before the answer.
   *
   * @param startedAt when inference took the job up; null when it never did
   */
  public static InferenceResult cancelled(
      InferenceCommand command, @Nullable Instant startedAt, Instant completedAt) {
    return withoutAnswer(
        command,
        ResultStatus.CANCELLED,
        new InferenceError(ErrorReason.CANCELLED, "the job was cancelled"),
        startedAt,
        completedAt);
  }

  /**
   * A deadline that passed before a model took the job up.
   *
   * @param startedAt when inference took the job up; null when it never did
   */
  public static InferenceResult expired(
      InferenceCommand command, @Nullable Instant startedAt, Instant completedAt) {
    return withoutAnswer(
        command,
        ResultStatus.EXPIRED,
        new InferenceError(ErrorReason.EXPIRED, "the deadline passed before the job ran"),
        startedAt,
        completedAt);
  }

  private static InferenceResult withoutAnswer(
      InferenceCommand command,
      ResultStatus status,
      InferenceError error,
      @Nullable Instant startedAt,
      Instant completedAt) {
    return of(command, null, status, startedAt, completedAt).setError(error).build();
  }

  /**
   * A failure.
   *
   * @param version the version that failed; null when none was chosen
   * @param startedAt when inference took the job up; null when it never did
   */
  public static InferenceResult failed(
      InferenceCommand command,
      @Nullable String version,
      Failure failure,
      @Nullable Instant startedAt,
      Instant completedAt) {
    return of(command, version, ResultStatus.FAILED, startedAt, completedAt)
        .setError(new InferenceError(failure.reason(), failure.message()))
        .build();
  }

  private static InferenceResult.Builder of(
      InferenceCommand command,
      @Nullable String version,
      ResultStatus status,
      @Nullable Instant startedAt,
      Instant completedAt) {
    return InferenceResult.newBuilder()
        .setJobId(command.getJobId())
        .setTenant(command.getTenant())
        .setModel(command.getModel())
        .setVersion(version)
        .setFingerprint(command.getFingerprint())
        .setStatus(status)
        .setCreatedAt(command.getCreatedAt())
        .setTraceparent(command.getTraceparent())
        .setWebhook(command.getCommand() instanceof Submit submit ? submit.getWebhook() : null)
        .setStartedAt(startedAt)
        .setCompletedAt(completedAt);
  }
}
