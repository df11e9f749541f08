package io.millrace.ingress.quota;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.cache.TokensTaken;
import jakarta.inject.Singleton;

/**
 * The metrics of quotas. Prometheus sees {@code millrace_quota_local_total}; what is refused is in
 * {@code millrace_jobs_refused_total}.
 */
@Singleton
final class QuotaMetrics {

  private final Counter local;

  QuotaMetrics(MeterRegistry registry) {
    this.local =
        Counter.builder("millrace.quota.local")
            .description("Submissions whose quota this process judged alone, without Redis")
            .register(registry);
  }

  void asked(TokensTaken taken) {
    if (!taken.shared()) {
      local.increment();
    }
  }
}
