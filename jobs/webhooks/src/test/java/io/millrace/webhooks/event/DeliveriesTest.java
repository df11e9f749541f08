package io.millrace.webhooks.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.schemas.Tensors;
import io.millrace.schemas.avro.ErrorReason;
import io.millrace.schemas.avro.InferenceError;
import io.millrace.schemas.avro.InferenceResult;
import io.millrace.schemas.avro.ResultStatus;
import io.millrace.schemas.avro.WebhookDelivery;
import io.millrace.schemas.avro.WebhookEvent;
import io.millrace.webhooks.TestResults;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeliveriesTest {

  private static final String URL = "https://example.com/hook";

  private final Deliveries deliveries = new Deliveries("", Duration.ofHours(24));

  @Test
  void theBodyIsTheJobAsTheApiShowsIt() throws IOException {
    WebhookDelivery delivery = delivery(TestResults.succeeded("job-1", URL));

    assertThat(new ObjectMapper().readTree(body(delivery)))
        .isEqualTo(
            new ObjectMapper()
                .readTree(
                    """
                    {"type": "job.succeeded", "timestamp": "2026-11-22T12:00:00.034Z", "data": {
                      "id": "job-1", "status": "succeeded", "model": "support-desk",
                      "version": "1.0.0", "created_at": "2026-11-22T12:00:00Z",
                      "started_at": null, "completed_at": "2026-11-22T12:00:00.034Z",
                      "expires_at": "2026-11-23T12:00:00.034Z", "origin": "computed",
                      "outputs": [{"name": "label", "datatype": "BYTES", "shape": [1],
                                   "data": ["an answer"]}],
                      "timings": {"total_seconds": 0.034, "queue_seconds": null,
                        "batch_wait_seconds": null, "batch_seconds": null, "batch_size": null,
                        "tokens": null, "padded_tokens": null},
                      "urls": {"self": "/v1/jobs/job-1"}}}"""));
  }

  @ParameterizedTest
  @CsvSource({
    "FAILED, job.failed, model_failure",
    "CANCELLED, job.cancelled, cancelled",
    "EXPIRED, job.expired, expired"
  })
  void aJobWithoutSuccessHasAnErrorInsteadOfOutputs(ResultStatus status, String type, String reason)
      throws IOException {
    InferenceResult result = TestResults.succeeded("job-1", URL);
    result.setStatus(status);
    result.setOutputs(List.of());
    result.setError(
        new InferenceError(ErrorReason.valueOf(reason.toUpperCase(java.util.Locale.ROOT)), "why"));
    JsonNode message = new ObjectMapper().readTree(body(delivery(result)));

    assertThat(message.get("type").asText()).isEqualTo(type);
    assertThat(message.get("data").has("outputs")).isFalse();
    assertThat(message.get("data").get("error").get("reason").asText()).isEqualTo(reason);
  }

  @Test
  void aBodyOver20KilobytesIsThin() throws IOException {
    InferenceResult result = TestResults.succeeded("job-1", URL);
    result.setOutputs(List.of(Tensors.ofStrings("text", List.of("x".repeat(20 * 1024)))));
    Deliveries behindUrl = new Deliveries("https://api.example.com", Duration.ofHours(24));
    JsonNode message = new ObjectMapper().readTree(body(behindUrl.of(result).orElseThrow()));

    assertThat(message.get("data"))
        .isEqualTo(
            new ObjectMapper()
                .readTree(
                    """
                    {"id": "job-1", "status": "succeeded",
                     "urls": {"self": "https://api.example.com/v1/jobs/job-1"}}"""));
  }

  @Test
  void aBodyOfExactly20KilobytesIsFull() throws IOException {
    InferenceResult result = TestResults.succeeded("job-1", URL);
    int without = bytesWith(result, 0);
    assertThat(bytesWith(result, Deliveries.MAX_BODY_BYTES - without))
        .isEqualTo(Deliveries.MAX_BODY_BYTES);
    assertThat(bytesWith(result, Deliveries.MAX_BODY_BYTES - without + 1)).isLessThan(1_000);
  }

  private int bytesWith(InferenceResult result, int characters) {
    result.setOutputs(List.of(Tensors.ofStrings("text", List.of("x".repeat(characters)))));
    return delivery(result).getBody().remaining();
  }

  @Test
  void theIdIsTheJobsAndFitsIntoAHeaderWhateverTheJobsIdIs() {
    String first = delivery(TestResults.succeeded("job-1", URL)).getWebhookId();
    assertThat(delivery(TestResults.succeeded("job-1", "https://other.example.com")))
        .extracting(WebhookDelivery::getWebhookId)
        .isEqualTo(first);
    assertThat(delivery(TestResults.succeeded("job.2\r\nx: y", URL)).getWebhookId())
        .matches("msg_[A-Za-z0-9_-]{24}")
        .isNotEqualTo(first);
    InferenceResult another = TestResults.succeeded("job-1", URL);
    another.setTenant("other");
    assertThat(delivery(another).getWebhookId()).isNotEqualTo(first);
  }

  @Test
  void whoWantsOtherEventsIsNotTold() {
    InferenceResult result = TestResults.succeeded("job-1", URL);
    result.getWebhook().setEvents(List.of(WebhookEvent.JOB_FAILED, WebhookEvent.JOB_EXPIRED));
    assertThat(deliveries.of(result)).isEmpty();
    result.getWebhook().setEvents(new ArrayList<>(List.of(WebhookEvent.JOB_SUCCEEDED)));
    assertThat(deliveries.of(result)).isPresent();
    result.setWebhook(null);
    assertThat(deliveries.of(result)).isEmpty();
  }

  private WebhookDelivery delivery(InferenceResult result) {
    return deliveries.of(result).orElseThrow();
  }

  private static byte[] body(WebhookDelivery delivery) {
    byte[] body = new byte[delivery.getBody().remaining()];
    delivery.getBody().duplicate().get(body);
    return body;
  }
}
