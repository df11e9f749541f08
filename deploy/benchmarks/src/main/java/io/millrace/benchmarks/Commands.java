package io.millrace.benchmarks;

import io.millrace.schemas.Fingerprint;
import io.millrace.schemas.Tensors;
import io.millrace.schemas.avro.InferenceCommand;
import io.millrace.schemas.avro.Submit;
import io.millrace.schemas.avro.Tensor;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;

/** Commands as they come: one of a text, and one of a point of 28 x 28 floats. */
final class Commands {

  private static final int POINT = 28 * 28;

  private Commands() {}

  static InferenceCommand text() {
    return command(Tensors.ofStrings("text", List.of("I still have not received my new card")));
  }

  static InferenceCommand point() {
    SplittableRandom random = new SplittableRandom(1);
    float[] values = new float[POINT];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextDouble();
    }
    return command(Tensors.ofFloats("input", new long[] {1, 1, POINT}, values));
  }

  private static InferenceCommand command(Tensor input) {
    Submit submit = Submit.newBuilder().setInputs(List.of(input)).build();
    return InferenceCommand.newBuilder()
        .setJobId("0192f0c1-2f6d-7c3a-9b1e-3f2f8a9d4c11")
        .setModel("model")
        .setFingerprint(Fingerprint.of("default", "model", submit))
        .setCreatedAt(Instant.parse("2026-01-01T00:00:00Z"))
        .setCommand(submit)
        .build();
  }
}
