package io.millrace.ingress.access;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The metrics of access. Prometheus sees {@code millrace_http_unauthenticated_total}, {@code
 * millrace_http_forbidden_total}, {@code millrace_access_keys} and {@code
 * millrace_access_reload_failures_total}.
 */
@Singleton
public final class AccessMetrics {

  /** Why a request is not authenticated. */
  enum Reason {
    /** There is no key. */
    MISSING,
    /** What is there has not the form of a key. */
    MALFORMED,
    /** No such key, or the secret is wrong. */
    UNKNOWN,
    /** The key was valid once. */
    EXPIRED
  }

  private final Map<Reason, Counter> unauthenticated = new EnumMap<>(Reason.class);
  private final Counter forbidden;
  private final Counter reloadFailures;
  private final AtomicInteger keys = new AtomicInteger();

  public AccessMetrics(MeterRegistry registry) {
    for (Reason reason : Reason.values()) {
      unauthenticated.put(
          reason,
          Counter.builder("millrace.http.unauthenticated")
              .description("Requests without an API key that is known and valid")
              .tag("reason", reason.name().toLowerCase(Locale.ROOT))
              .register(registry));
    }
    this.forbidden =
        Counter.builder("millrace.http.forbidden")
            .description("Requests whose API key lacks the scope")
            .register(registry);
    this.reloadFailures =
        Counter.builder("millrace.access.reload.failures")
            .description("Looks at the keys file that found it gone or not valid")
            .register(registry);
    Gauge.builder("millrace.access.keys", keys::get)
        .description("API keys that are known")
        .register(registry);
  }

  void unauthenticated(Reason reason) {
    Objects.requireNonNull(unauthenticated.get(reason)).increment();
  }

  void forbidden() {
    forbidden.increment();
  }

  void reloadFailed() {
    reloadFailures.increment();
  }

  void showKeys(int count) {
    keys.set(count);
  }
}
