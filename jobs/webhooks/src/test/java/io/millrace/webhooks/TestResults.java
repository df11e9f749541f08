package io.millrace.webhooks;

import io.millrace.schemas.Tensors;
import io.millrace.schemas.avro.InferenceResult;
import io.millrace.schemas.avro.Origin;
import io.millrace.schemas.avro.ResultStatus;
import io.millrace.schemas.avro.Webhook;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Results for tests. */
public final class TestResults {

  public static final Instant CREATED_AT = Instant.parse("2026-11-22T12:00:00Z");

  private TestResults() {}

  /** A success that is to be told to a URL, whatever the event. */
  public static InferenceResult succeeded(String jobId, String url) {
    return InferenceResult.newBuilder()
        .setJobId(jobId)
        .setTenant("acme")
        .setModel("support-desk")
        .setVersion("1.0.0")
        .setFingerprint("fingerprint")
        .setStatus(ResultStatus.SUCCEEDED)
        .setOrigin(Origin.COMPUTED)
        .setOutputs(new ArrayList<>(List.of(Tensors.ofStrings("label", List.of("an answer")))))
        .setCreatedAt(CREATED_AT)
        .setCompletedAt(CREATED_AT.plusMillis(34))
        .setWebhook(new Webhook(url, new ArrayList<>()))
        .build();
  }
}
