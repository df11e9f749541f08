package io.millrace.cache;

import io.millrace.schemas.avro.Datatype;
import io.millrace.schemas.avro.ErrorReason;
import io.millrace.schemas.avro.InferenceError;
import io.millrace.schemas.avro.InferenceResult;
import io.millrace.schemas.avro.Origin;
import io.millrace.schemas.avro.ResultStatus;
import io.millrace.schemas.avro.Tensor;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;

/** Results for tests. */
final class Results {

  static final Instant CREATED_AT = Instant.parse("2026-11-01T12:00:00.123Z");
  static final String VERSION = "1.2.0";

  private Results() {}

  static InferenceResult succeeded(String jobId, String fingerprint) {
    return base(jobId, fingerprint)
        .setStatus(ResultStatus.SUCCEEDED)
        .setOrigin(Origin.COMPUTED)
        .setOutputs(
            List.of(
                new Tensor("scores", Datatype.FP32, List.of(1L, 2L), ByteBuffer.wrap(new byte[8]))))
        .build();
  }

  static InferenceResult failed(String jobId, String fingerprint) {
    return base(jobId, fingerprint)
        .setStatus(ResultStatus.FAILED)
        .setError(new InferenceError(ErrorReason.TIMEOUT, "took too long"))
        .build();
  }

  private static InferenceResult.Builder base(String jobId, String fingerprint) {
    return InferenceResult.newBuilder()
        .setJobId(jobId)
        .setTenant("acme")
        .setModel("support-desk")
        .setVersion(VERSION)
        .setFingerprint(fingerprint)
        .setCreatedAt(CREATED_AT)
        .setCompletedAt(CREATED_AT.plusMillis(40));
  }
}
