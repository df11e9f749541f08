package io.millrace.schemas;

import io.millrace.schemas.avro.InferenceCommand;
import io.millrace.schemas.avro.Priority;
import io.millrace.schemas.avro.Submit;
import io.millrace.schemas.avro.Tensor;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Commands for tests. */
final class Commands {

  static final Instant CREATED_AT = Instant.parse("2026-01-01T00:00:00Z");

  private Commands() {}

  static InferenceCommand command(String text) {
    return new InferenceCommand(
        "job-1", "default", "support-desk", null, CREATED_AT, null, submit(text));
  }

  static Submit submit(String... texts) {
    return submit(List.of(Tensors.ofStrings("text", Arrays.asList(texts))), Map.of());
  }

  static Submit submit(List<Tensor> inputs, Map<String, Object> parameters) {
    return new Submit(
        null, inputs, parameters, List.of(), Priority.NORMAL, null, false, null, null);
  }
}
