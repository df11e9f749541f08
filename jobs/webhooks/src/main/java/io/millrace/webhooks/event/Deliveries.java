package io.millrace.webhooks.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.schemas.avro.InferenceResult;
import io.millrace.schemas.avro.ResultStatus;
import io.millrace.schemas.avro.Webhook;
import io.millrace.schemas.avro.WebhookDelivery;
import io.millrace.schemas.avro.WebhookEvent;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/** Makes the delivery that a result asks for. */
final class Deliveries {

  /** A larger body carries the job's URL instead of the job. */
  static final int MAX_BODY_BYTES = 20 * 1024;

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int ID_BYTES = 18;

  private final JobJson jobs;

  /**
   * @param publicUrl of the API, without a slash at the end; empty for paths on the API's host
   * @param resultTtl how long a result can be read there
   */
  Deliveries(String publicUrl, Duration resultTtl) {
    jobs = new JobJson(publicUrl, resultTtl);
  }

  /** The delivery; empty when nobody wants to be told. */
  Optional<WebhookDelivery> of(InferenceResult result) {
    Webhook webhook = result.getWebhook();
    WebhookEvent event = event(result.getStatus());
    if (webhook == null
        || !(webhook.getEvents().isEmpty() || webhook.getEvents().contains(event))) {
      return Optional.empty();
    }
    String type =
        switch (event) {
          case JOB_SUCCEEDED -> "job.succeeded";
          case JOB_FAILED -> "job.failed";
          case JOB_CANCELLED -> "job.cancelled";
          case JOB_EXPIRED -> "job.expired";
        };
    return Optional.of(
        WebhookDelivery.newBuilder()
            .setWebhookId(id(result.getTenant(), result.getJobId()))
            .setTenant(result.getTenant())
            .setUrl(webhook.getUrl())
            .setJobId(result.getJobId())
            .setEvent(type)
            .setBody(ByteBuffer.wrap(body(type, result)))
            .setTraceparent(result.getTraceparent())
            .setOccurredAt(result.getCompletedAt())
            .build());
  }

  private byte[] body(String type, InferenceResult result) {
    ObjectNode full = jobs.full(result);
    byte[] body = body(type, result, full);
    return body.length <= MAX_BODY_BYTES ? body : body(type, result, jobs.thin(result));
  }

  private static byte[] body(String type, InferenceResult result, ObjectNode data) {
    ObjectNode message = JSON.createObjectNode();
    message.put("type", type);
    message.put("timestamp", result.getCompletedAt().toString());
    message.set("data", data);
    try {
      return JSON.writeValueAsBytes(message);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A tree can be written", e);
    }
  }

  private static WebhookEvent event(ResultStatus status) {
    return switch (status) {
      case SUCCEEDED -> WebhookEvent.JOB_SUCCEEDED;
      case FAILED -> WebhookEvent.JOB_FAILED;
      case CANCELLED -> WebhookEvent.JOB_CANCELLED;
      case EXPIRED -> WebhookEvent.JOB_EXPIRED;
    };
  }

  /**
   * The same for each result of a job, however often it is read. A hash, because a direct
   * producer's job id may hold what a header must not, and a dot would break the signed text.
   */
  private static String id(String tenant, String jobId) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update((tenant.length() + ":" + tenant + jobId).getBytes(StandardCharsets.UTF_8));
      byte[] hash = Arrays.copyOf(digest.digest(), ID_BYTES);
      return "msg_" + Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
