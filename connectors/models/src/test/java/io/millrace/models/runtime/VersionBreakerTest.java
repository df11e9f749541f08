package io.millrace.models.runtime;

import static io.millrace.models.runtime.RuntimeFixture.VERSION;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.models.runtime.VersionBreaker.Permit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class VersionBreakerTest {

  private static final Duration WAIT = Duration.ofSeconds(10);
  private static final BreakerOptions OPTIONS = new BreakerOptions(3, 50, 10, 6, WAIT, 2);

  private final ManualTicker ticker = new ManualTicker();
  private int opened;
  private final VersionBreaker breaker =
      new VersionBreaker(VERSION, OPTIONS, ticker, () -> opened++);

  @Test
  void opensAfterFailuresInARow() {
    // Given
    fail();
    fail();
    boolean before = breaker.admits();

    // When
    fail();

    // Then
    assertThat(before).isTrue();
    assertThat(breaker.admits()).isFalse();
    assertThat(breaker.tryAcquire()).isNull();
    assertThat(breaker.state()).isEqualTo(BreakerState.OPEN);
    assertThat(opened).isOne();
  }

  @Test
  void aSuccessEndsTheRow() {
    // Given: too few failures for the rate
    for (int i = 0; i < 4; i++) {
      succeed();
    }
    fail();
    fail();

    // When
    succeed();
    fail();

    // Then
    assertThat(breaker.state()).isEqualTo(BreakerState.CLOSED);
  }

  @Test
  void opensByTheRateOfFailuresFromTheMinimumVolumeOn() {
    // Given
    for (int i = 0; i < 2; i++) {
      succeed();
      fail();
    }
    fail();
    BreakerState before = breaker.state();

    // When: three of six
    succeed();

    // Then
    assertThat(before).isEqualTo(BreakerState.CLOSED);
    assertThat(breaker.state()).isEqualTo(BreakerState.OPEN);
    assertThat(opened).isOne();
  }

  @Test
  void whatIsReleasedCountsForNothing() {
    // Given
    fail();
    fail();

    // When
    breaker.release(acquire());
    BreakerState released = breaker.state();
    fail();

    // Then
    assertThat(released).isEqualTo(BreakerState.CLOSED);
    assertThat(breaker.state()).isEqualTo(BreakerState.OPEN);
  }

  @Test
  void isTriedWithTheProbesAfterTheWaitAndNotBefore() {
    // Given
    open();
    ticker.advance(WAIT);
    boolean early = breaker.admits();

    // When
    ticker.advance(Duration.ofNanos(1));
    boolean admitted = breaker.admits();
    Permit first = acquire();
    Permit second = acquire();

    // Then
    assertThat(early).isFalse();
    assertThat(admitted).isTrue();
    assertThat(breaker.state()).isEqualTo(BreakerState.HALF_OPEN);
    assertThat(breaker.admits()).isFalse();
    assertThat(breaker.tryAcquire()).isNull();

    // And: one that ends without a result makes room for another
    breaker.release(first);
    breaker.release(first);
    breaker.succeeded(acquire());
    assertThat(breaker.tryAcquire()).isNull();
    breaker.succeeded(second);
    assertThat(breaker.state()).isEqualTo(BreakerState.CLOSED);
    assertThat(opened).isOne();
  }

  @Test
  void opensAgainWhenTheProbesFail() {
    // Given
    halfOpen();

    // When
    fail();
    fail();

    // Then
    assertThat(breaker.state()).isEqualTo(BreakerState.OPEN);
    assertThat(breaker.admits()).isFalse();
    assertThat(opened).isEqualTo(2);
  }

  @Test
  void callsOfAnEarlierStateCountForNothing() {
    // Given
    List<Permit> before = List.of(acquire(), acquire(), acquire());
    halfOpen();
    Permit probe = acquire();
    Permit other = acquire();

    // When
    breaker.failed(before.get(0));
    breaker.succeeded(before.get(1));
    breaker.release(before.get(2));

    // Then
    assertThat(breaker.state()).isEqualTo(BreakerState.HALF_OPEN);
    assertThat(breaker.tryAcquire()).isNull();
    breaker.succeeded(probe);
    breaker.succeeded(other);
    assertThat(breaker.state()).isEqualTo(BreakerState.CLOSED);
  }

  @Test
  void aFailureMayBeFoundOutAfterTheRelease() {
    // Given
    halfOpen();
    List<Permit> suspects = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      Permit permit = acquire();
      breaker.release(permit);
      suspects.add(permit);
    }

    // When
    suspects.forEach(breaker::failed);

    // Then
    assertThat(breaker.state()).isEqualTo(BreakerState.OPEN);
    assertThat(opened).isEqualTo(2);
  }

  private void open() {
    for (int i = 0; i < 3; i++) {
      fail();
    }
    assertThat(breaker.state()).isEqualTo(BreakerState.OPEN);
  }

  private void halfOpen() {
    open();
    ticker.advance(WAIT.plusNanos(1));
    assertThat(breaker.admits()).isTrue();
    assertThat(breaker.state()).isEqualTo(BreakerState.HALF_OPEN);
  }

  private Permit acquire() {
    return requireNonNull(breaker.tryAcquire());
  }

  private void succeed() {
    breaker.succeeded(acquire());
  }

  private void fail() {
    breaker.failed(acquire());
  }
}
