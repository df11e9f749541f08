package io.millrace.local.audit;

import io.millrace.schemas.Tensors;
import io.millrace.schemas.avro.Execution;
import io.millrace.schemas.avro.InferenceResult;
import io.millrace.schemas.avro.Origin;
import io.millrace.schemas.avro.ResultStatus;
import io.millrace.schemas.avro.Tensor;
import java.time.Instant;
import java.util.List;

/** Results for tests. */
public final class Results {

  private static final Instant CREATED = Instant.parse("2026-11-01T12:00:00Z");

  private Results() {}

  /** Waited 100 ms for the inference step and 50 ms for its batch; took 400 ms in all. */
  public static InferenceResult computed(
      String jobId, int batchSize, int tokens, int paddedTokens) {
    Execution execution = new Execution(0.05, 0.2, batchSize, tokens, paddedTokens, 0.05, null);
    return succeeded(jobId, Origin.COMPUTED).setExecution(execution).build();
  }

  public static InferenceResult answered(String jobId, Origin origin) {
    return succeeded(jobId, origin).build();
  }

  public static InferenceResult labelled(String jobId, String label, float confidence) {
    List<Tensor> outputs =
        List.of(
            Tensors.ofStrings("label", List.of(label)),
            Tensors.ofFloats("confidence", new long[] {1}, new float[] {confidence}));
    return succeeded(jobId, Origin.CACHED).setOutputs(outputs).build();
  }

  public static InferenceResult ended(String jobId, ResultStatus status) {
    return builder(jobId).setStatus(status).build();
  }

  private static InferenceResult.Builder succeeded(String jobId, Origin origin) {
    return builder(jobId).setStatus(ResultStatus.SUCCEEDED).setOrigin(origin);
  }

  private static InferenceResult.Builder builder(String jobId) {
    return InferenceResult.newBuilder()
        .setJobId(jobId)
        .setTenant("default")
        .setModel("support-desk")
        .setVersion("1.0.0")
        .setFingerprint("f")
        .setCreatedAt(CREATED)
        .setStartedAt(CREATED.plusMillis(100))
        .setCompletedAt(CREATED.plusMillis(400));
  }
}
