package io.millrace.webhooks.deliver;

import io.millrace.schemas.avro.WebhookDeadLetterReason;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/** What a subtask counts. */
final class DeliveryMetrics {

  private static final List<String> OUTCOMES = List.of("delivered", "failed", "gone", "refused");

  private final MetricGroup group;
  private final Map<String, Counter> counters = new HashMap<>();

  DeliveryMetrics(MetricGroup group) {
    this.group = group;
    // All from the start, so that a rate is right from the first.
    OUTCOMES.forEach(this::outcome);
    for (WebhookDeadLetterReason reason : WebhookDeadLetterReason.values()) {
      reason(reason);
    }
  }

  void gauge(String name, LongSupplier value) {
    group.gauge(name, value::getAsLong);
  }

  /** An attempt that ended as delivered, failed, gone or refused. */
  void attempt(String outcome) {
    outcome(outcome).inc();
  }

  void deadLetter(WebhookDeadLetterReason reason) {
    reason(reason).inc();
  }

  private Counter outcome(String outcome) {
    return counter("millrace_webhook_attempts_total", "outcome", outcome);
  }

  private Counter reason(WebhookDeadLetterReason reason) {
    return counter(
        "millrace_webhook_dead_letters_total", "reason", reason.name().toLowerCase(Locale.ROOT));
  }

  private Counter counter(String name, String label, String value) {
    return counters.computeIfAbsent(
        name + value, key -> group.addGroup(label, value).counter(name));
  }
}
