package io.millrace.ingress.quota;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.cache.TokensTaken;
import io.millrace.ingress.access.Quota;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said of a quota, and how it changes while nobody asks. */
final class QuotaHeadersTest {

  private static final Quota QUOTA = new Quota(2, 100);

  private final AtomicLong nanos = new AtomicLong(-5);
  private final QuotaLevels levels = new QuotaLevels(nanos::get);

  private String limit() {
    return QuotaHeaders.limit(levels.of("acme", QUOTA).orElseThrow());
  }

  private static TokensTaken left(long left, Duration untilFull) {
    return new TokensTaken(true, left, Duration.ZERO, untilFull, true);
  }

  @ParameterizedTest
  @CsvSource({"10, 100, 10", "3, 10, 4", "0.5, 1, 2", "1000, 5, 1"})
  void policyIsTheBurstAndTheTimeInWhichItComesBack(double rate, long burst, long window) {
    assertThat(QuotaHeaders.policy(new Quota(rate, burst)))
        .isEqualTo("\"default\";q=%d;w=%d".formatted(burst, window));
  }

  @Test
  void limitIsWhatIsLeftAndWhenAllIsThereAgain() {
    // When
    levels.note("acme", QUOTA, left(40, Duration.ofMillis(29_500)));

    // Then
    assertThat(limit()).isEqualTo("\"default\";r=40;t=30");
  }

  @Test
  void whatComesBackIsCounted() {
    // Given
    levels.note("acme", QUOTA, left(40, Duration.ofSeconds(30)));

    // When // Then
    nanos.addAndGet(Duration.ofSeconds(10).toNanos());
    assertThat(limit()).isEqualTo("\"default\";r=60;t=20");
    nanos.addAndGet(Duration.ofHours(1).toNanos());
    assertThat(limit()).isEqualTo("\"default\";r=100;t=0");
  }

  @Test
  void nothingIsKnownOfAnotherTenantOrUnderAnotherQuota() {
    // When
    levels.note("acme", QUOTA, left(40, Duration.ofSeconds(30)));

    // Then
    assertThat(levels.of("globex", QUOTA)).isEmpty();
    assertThat(levels.of("acme", new Quota(2, 50))).isEmpty();
  }
}
