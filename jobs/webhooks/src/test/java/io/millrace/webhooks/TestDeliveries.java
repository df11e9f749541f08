package io.millrace.webhooks;

import io.millrace.schemas.avro.WebhookDelivery;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** Deliveries for tests. */
public final class TestDeliveries {

  private TestDeliveries() {}

  /** A delivery of one job. */
  public static WebhookDelivery delivery(String url, String jobId) {
    String body = "{\"type\":\"job.succeeded\",\"data\":{\"id\":\"" + jobId + "\"}}";
    return WebhookDelivery.newBuilder()
        .setWebhookId("msg_" + jobId)
        .setTenant("acme")
        .setUrl(url)
        .setJobId(jobId)
        .setEvent("job.succeeded")
        .setBody(ByteBuffer.wrap(body.getBytes(StandardCharsets.UTF_8)))
        .setOccurredAt(Instant.parse("2026-11-22T12:00:00Z"))
        .build();
  }
}
