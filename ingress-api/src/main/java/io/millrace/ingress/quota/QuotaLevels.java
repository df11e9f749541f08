package io.millrace.ingress.quota;

import io.millrace.cache.TokensTaken;
import io.millrace.ingress.access.Quota;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** What is left of each tenant's quota, as this server last heard. */
@Singleton
final class QuotaLevels {

  private final LongSupplier nanoTicker;
  // As many as there are tenants in the keys file.
  private final Map<String, Heard> byTenant = new ConcurrentHashMap<>();

  QuotaLevels() {
    this(System::nanoTime);
  }

  QuotaLevels(LongSupplier nanoTicker) {
    this.nanoTicker = nanoTicker;
  }

  void note(String tenant, Quota quota, TokensTaken taken) {
    byTenant.put(tenant, new Heard(quota, taken.left(), taken.untilFull(), nanoTicker.getAsLong()));
  }

  /**
   * What is left now, with what came back since it was heard.
   *
   * @return empty when nothing was heard under this quota
   */
  Optional<Level> of(String tenant, Quota quota) {
    return Optional.ofNullable(byTenant.get(tenant))
        .filter(heard -> heard.quota.equals(quota))
        .map(heard -> heard.after(Duration.ofNanos(nanoTicker.getAsLong() - heard.nanos)));
  }

  /**
   * @param left tokens that are there
   * @param untilFull when all will be there
   */
  record Level(long left, Duration untilFull) {}

  private record Heard(Quota quota, long left, Duration untilFull, long nanos) {
    Level after(Duration age) {
      if (age.compareTo(untilFull) >= 0) {
        return new Level(quota.burst(), Duration.ZERO);
      }
      double back = age.toNanos() * quota.requestsPerSecond() / Duration.ofSeconds(1).toNanos();
      return new Level(Math.min(quota.burst(), left + (long) back), untilFull.minus(age));
    }
  }
}
