package io.millrace.webhooks.deliver;

import io.millrace.schemas.avro.WebhookDeadLetterReason;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/** What a subtask counts. */
final class DeliveryMetrics {

  private final MetricGroup group;
  private final Map<String, Counter> counters = new HashMap<>();

  DeliveryMetrics(MetricGroup group) {
    this.group = group;
  }

  void gauge(String name, LongSupplier value) {
    group.gauge(name, value::getAsLong);
  }

  /** An attempt that ended as delivered, failed, gone or refused. */
  void attempt(String outcome) {
    count("millrace_webhook_attempts_total", "outcome", outcome);
  }

  void deadLetter(WebhookDeadLetterReason reason) {
    count("millrace_webhook_dead_letters_total", "reason", reason.name().toLowerCase(Locale.ROOT));
  }

  private void count(String name, String label, String value) {
    counters.computeIfAbsent(name + value, key -> group.addGroup(label, value).counter(name)).inc();
  }
}
