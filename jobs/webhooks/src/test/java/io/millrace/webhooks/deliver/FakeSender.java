package io.millrace.webhooks.deliver;

import io.millrace.schemas.avro.WebhookDelivery;
import io.millrace.webhooks.send.Outcome;
import io.millrace.webhooks.send.WebhookSender;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A sender whose attempts end when and how the test says. */
final class FakeSender implements WebhookSender {

  final List<Attempt> attempts = new ArrayList<>();
  int maxInFlight = 1_000;
  boolean closed;

  record Attempt(String webhookId, String url, CompletableFuture<Outcome> outcome) {}

  @Override
  public boolean hasRoom() {
    return running().size() < maxInFlight;
  }

  @Override
  public CompletableFuture<Outcome> send(WebhookDelivery delivery) {
    CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    attempts.add(new Attempt(delivery.getWebhookId(), delivery.getUrl(), outcome));
    return outcome;
  }

  List<Attempt> running() {
    return attempts.stream().filter(attempt -> !attempt.outcome().isDone()).toList();
  }

  List<String> ids() {
    return attempts.stream().map(Attempt::webhookId).toList();
  }

  Attempt last() {
    return attempts.get(attempts.size() - 1);
  }

  void endLast(Outcome outcome) {
    last().outcome().complete(outcome);
  }

  @Override
  public void close() {
    closed = true;
  }
}
