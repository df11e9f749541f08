package io.millrace.webhooks.event;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.schemas.TensorValues;
import io.millrace.schemas.avro.Execution;
import io.millrace.schemas.avro.InferenceError;
import io.millrace.schemas.avro.InferenceResult;
import io.millrace.schemas.avro.ResultStatus;
import io.millrace.schemas.avro.Tensor;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A finished job as {@code GET /v1/jobs/{id}} shows it. */
final class JobJson {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final String publicUrl;
  private final Duration resultTtl;

  /**
   * @param publicUrl of the API, without a slash at the end; empty for paths on the API's host
   * @param resultTtl how long a result can be read there
   */
  JobJson(String publicUrl, Duration resultTtl) {
    this.publicUrl = publicUrl;
    this.resultTtl = resultTtl;
  }

  /** All of it. */
  ObjectNode full(InferenceResult result) {
    ObjectNode job = JSON.createObjectNode();
    job.put("id", result.getJobId());
    job.put("status", lower(result.getStatus()));
    job.put("model", result.getModel());
    job.put("version", result.getVersion());
    job.put("created_at", text(result.getCreatedAt()));
    job.put("started_at", text(result.getStartedAt()));
    job.put("completed_at", text(result.getCompletedAt()));
    job.put("expires_at", text(result.getCompletedAt().plus(resultTtl)));
    job.put("origin", result.getOrigin() == null ? null : lower(result.getOrigin()));
    if (result.getStatus() == ResultStatus.SUCCEEDED) {
      ArrayNode outputs = job.putArray("outputs");
      result.getOutputs().forEach(tensor -> outputs.add(tensor(tensor)));
    } else {
      job.set("error", error(result));
    }
    job.set("timings", timings(result));
    job.set("urls", urls(result));
    return job;
  }

  /** Enough to ask for the rest. */
  ObjectNode thin(InferenceResult result) {
    ObjectNode job = JSON.createObjectNode();
    job.put("id", result.getJobId());
    job.put("status", lower(result.getStatus()));
    job.set("urls", urls(result));
    return job;
  }

  private ObjectNode urls(InferenceResult result) {
    return JSON.createObjectNode().put("self", publicUrl + "/v1/jobs/" + result.getJobId());
  }

  private static ObjectNode tensor(Tensor tensor) {
    ObjectNode node = JSON.createObjectNode();
    node.put("name", tensor.getName());
    node.put("datatype", tensor.getDatatype().name());
    ArrayNode shape = node.putArray("shape");
    tensor.getShape().forEach(shape::add);
    node.set("data", JSON.valueToTree(TensorValues.of(tensor)));
    return node;
  }

  private static ObjectNode error(InferenceResult result) {
    InferenceError error = result.getError();
    return JSON.createObjectNode()
        .put("reason", lower(error == null ? result.getStatus() : error.getReason()))
        .put("message", error == null ? "The job did not succeed." : error.getMessage());
  }

  private static ObjectNode timings(InferenceResult result) {
    Instant started = result.getStartedAt();
    Execution execution = result.getExecution();
    ObjectNode node = JSON.createObjectNode();
    node.put("total_seconds", seconds(result.getCreatedAt(), result.getCompletedAt()));
    node.put(
        "queue_seconds", started == null ? null : (Double) seconds(result.getCreatedAt(), started));
    node.put("batch_wait_seconds", execution == null ? null : execution.getBatchWaitSeconds());
    node.put("batch_seconds", execution == null ? null : execution.getBatchSeconds());
    node.put("batch_size", execution == null ? null : execution.getBatchSize());
    node.put("tokens", execution == null ? null : execution.getTokens());
    node.put("padded_tokens", execution == null ? null : execution.getPaddedTokens());
    return node;
  }

  /** Clocks of different machines may disagree; time never runs backwards for a reader. */
  private static double seconds(Instant from, Instant to) {
    return Math.max(0, Duration.between(from, to).toMillis()) / 1_000.0;
  }

  private static @Nullable String text(@Nullable Instant time) {
    return time == null ? null : time.toString();
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
