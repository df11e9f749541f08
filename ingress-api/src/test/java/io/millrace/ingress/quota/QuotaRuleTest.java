package io.millrace.ingress.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.cache.TokenBuckets;
import io.millrace.cache.TokenLimit;
import io.millrace.cache.TokensTaken;
import io.millrace.ingress.access.AccessKeys;
import io.millrace.ingress.access.AccessMetrics;
import io.millrace.ingress.access.ApiKey;
import io.millrace.ingress.access.KeysFile;
import io.millrace.ingress.access.LiveKeys;
import io.millrace.ingress.access.Quota;
import io.millrace.ingress.access.Scope;
import io.millrace.ingress.jobs.Submission;
import io.millrace.ingress.problem.ProblemException;
import io.millrace.ingress.problem.ProblemType;
import io.millrace.ingress.tracing.RequestTrace;
import io.millrace.schemas.Traceparent;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a submission costs, and who is refused. */
@SuppressWarnings("NullAway.Init")
final class QuotaRuleTest {

  @TempDir private Path directory;

  private static final RequestTrace TRACE =
      new RequestTrace(
          new Traceparent("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00"), false);

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final Buckets buckets = new Buckets();
  private LiveKeys keys;
  private QuotaRule rule;

  @BeforeEach
  void rule() throws IOException {
    KeysFile file = new KeysFile(directory.resolve("keys.yaml"));
    ApiKey key = ApiKey.create("acme", EnumSet.of(Scope.SUBMIT), Instant.EPOCH, null).key();
    file.write(new AccessKeys(List.of(key), Map.of("acme", new Quota(5, 10))));
    keys = LiveKeys.open(Optional.of(file), new AccessMetrics(registry));
    rule = new QuotaRule(keys, buckets, new QuotaLevels(), new QuotaMetrics(registry));
  }

  @AfterEach
  void close() {
    keys.close();
  }

  private CompletableFuture<Void> admit(String tenant, int jobs) {
    return rule.admit(new Submission(tenant, "m", null, TRACE, Optional.empty()), jobs);
  }

  @Test
  void batchCostsATokenAJob() {
    // When
    admit("acme", 7).join();

    // Then
    assertThat(buckets.asked).containsExactly("acme TokenLimit[perSecond=5.0, capacity=10] 7");
  }

  @Test
  void tenantWithoutAQuotaAsksNoBucket() {
    // When
    admit("globex", 7).join();

    // Then
    assertThat(buckets.asked).isEmpty();
  }

  @Test
  void refusalSaysWhenToComeAgain() {
    // Given
    buckets.answer =
        new TokensTaken(false, 2, Duration.ofMillis(1_400), Duration.ofSeconds(2), true);

    // When
    CompletionException refused =
        catchThrowableOfType(CompletionException.class, () -> admit("acme", 7).join());

    // Then
    ProblemException problem = (ProblemException) Objects.requireNonNull(refused.getCause());
    assertThat(problem.type()).isEqualTo(ProblemType.QUOTA_EXCEEDED);
    assertThat(problem.retryAfter()).contains(Duration.ofMillis(1_400));
    assertThat(problem)
        .hasMessage("The tenant's quota is used up: 2 tokens are left, this needs 7.");
  }

  @Test
  void batchThatNeverFitsIsNotToldToComeAgain() {
    assertThatThrownBy(() -> admit("acme", 11))
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem -> {
              assertThat(problem.type()).isEqualTo(ProblemType.TOO_LARGE);
              assertThat(problem.retryAfter()).isEmpty();
            })
        .hasMessageContaining("at most 10 jobs");
  }

  @Test
  void whatIsJudgedWithoutRedisIsCounted() {
    // Given
    buckets.answer = new TokensTaken(true, 2, Duration.ZERO, Duration.ZERO, false);

    // When
    admit("acme", 1).join();

    // Then
    assertThat(registry.get("millrace.quota.local").counter().count()).isEqualTo(1);
  }

  private static final class Buckets implements TokenBuckets {

    private final List<String> asked = new ArrayList<>();
    private TokensTaken answer = new TokensTaken(true, 3, Duration.ZERO, Duration.ZERO, true);

    @Override
    public CompletableFuture<TokensTaken> take(String name, TokenLimit limit, long tokens) {
      asked.add(name + " " + limit + " " + tokens);
      return CompletableFuture.completedFuture(answer);
    }

    @Override
    public void close() {}
  }
}
