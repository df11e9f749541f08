package io.millrace.webhooks.deliver;

import io.millrace.schemas.avro.WebhookDelivery;
import io.millrace.webhooks.send.Outcome;
import io.millrace.webhooks.send.WebhookSender;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The attempts that this process makes. Those in the state that are not here were made by a process
 * that ended before it heard of their outcome.
 */
final class RunningAttempts {

  /** Between two looks at an attempt: a quarter of its age, so that looking costs little. */
  private static final int AGE_DIVISOR = 4;

  private static final long MIN_POLL_MILLIS = 10;
  private static final long MAX_POLL_MILLIS = 1_000;

  private final WebhookSender sender;
  // Its size is read by the threads that report metrics.
  private final Map<Id, Attempt> attempts = new ConcurrentHashMap<>();

  private record Id(String endpoint, long number) {}

  private record Attempt(long startedAt, CompletableFuture<Outcome> outcome) {}

  RunningAttempts(WebhookSender sender) {
    this.sender = sender;
  }

  int count() {
    return attempts.size();
  }

  boolean hasRoom() {
    return sender.hasRoom();
  }

  void start(String endpoint, long number, WebhookDelivery delivery, long now) {
    attempts.put(new Id(endpoint, number), new Attempt(now, sender.send(delivery)));
  }

  boolean isHere(String endpoint, long number) {
    return attempts.containsKey(new Id(endpoint, number));
  }

  /** The outcome of an attempt, once; null while it runs. */
  @Nullable Outcome takeOutcome(String endpoint, long number) {
    Id id = new Id(endpoint, number);
    Attempt attempt = attempts.get(id);
    Outcome outcome = attempt == null ? null : attempt.outcome().getNow(null);
    if (outcome != null) {
      attempts.remove(id);
    }
    return outcome;
  }

  /** When to look at an attempt again; null when it is not here. */
  @Nullable Long nextLook(String endpoint, long number, long now) {
    Attempt attempt = attempts.get(new Id(endpoint, number));
    if (attempt == null) {
      return null;
    }
    long age = Math.max(0, now - attempt.startedAt());
    return now + Math.min(MAX_POLL_MILLIS, Math.max(MIN_POLL_MILLIS, age / AGE_DIVISOR));
  }
}
