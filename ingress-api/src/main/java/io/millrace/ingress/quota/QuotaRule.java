package io.millrace.ingress.quota;

import io.micronaut.core.annotation.Order;
import io.micronaut.core.order.Ordered;
import io.millrace.cache.TokenBuckets;
import io.millrace.cache.TokenLimit;
import io.millrace.ingress.access.LiveKeys;
import io.millrace.ingress.access.Quota;
import io.millrace.ingress.jobs.AdmissionRule;
import io.millrace.ingress.jobs.Submission;
import io.millrace.ingress.problem.ProblemException;
import io.millrace.ingress.problem.ProblemType;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A job costs its tenant a token; where there are too few, it does not come in. Asked last, so that
 * what another rule refuses costs nothing.
 */
@Singleton
@Order(Ordered.LOWEST_PRECEDENCE)
final class QuotaRule implements AdmissionRule {

  private final LiveKeys keys;
  private final TokenBuckets buckets;
  private final QuotaLevels levels;
  private final QuotaMetrics metrics;

  QuotaRule(LiveKeys keys, TokenBuckets buckets, QuotaLevels levels, QuotaMetrics metrics) {
    this.keys = keys;
    this.buckets = buckets;
    this.levels = levels;
    this.metrics = metrics;
  }

  /** {@inheritDoc} Refuses with {@code QUOTA_EXCEEDED}, or {@code TOO_LARGE} what never fits. */
  @Override
  public CompletableFuture<Void> admit(Submission submission, int jobs) {
    Optional<Quota> quota = keys.quota(submission.tenant());
    return quota.isEmpty()
        ? CompletableFuture.completedFuture(null)
        : admit(submission.tenant(), quota.get(), jobs);
  }

  private CompletableFuture<Void> admit(String tenant, Quota quota, int jobs) {
    if (jobs > quota.burst()) {
      throw new ProblemException(
          ProblemType.TOO_LARGE,
          "Expected at most %d jobs at once, which is the tenant's quota, found %d."
              .formatted(quota.burst(), jobs));
    }
    TokenLimit limit = new TokenLimit(quota.requestsPerSecond(), quota.burst());
    return buckets
        .take(tenant, limit, jobs)
        .thenAccept(
            taken -> {
              levels.note(tenant, quota, taken);
              metrics.asked(taken);
              if (!taken.granted()) {
                throw ProblemException.retry(
                    ProblemType.QUOTA_EXCEEDED,
                    "The tenant's quota is used up: %d tokens are left, this needs %d."
                        .formatted(taken.left(), jobs),
                    taken.untilThere());
              }
            });
  }
}
