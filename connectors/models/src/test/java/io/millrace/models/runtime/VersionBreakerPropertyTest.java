package io.millrace.models.runtime;

import static io.millrace.models.runtime.RuntimeFixture.VERSION;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.models.runtime.VersionBreaker.Permit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

/** Random calls, in and out of order, against a breaker. */
class VersionBreakerPropertyTest {

  private static final Duration WAIT = Duration.ofSeconds(10);

  private final ManualTicker ticker = new ManualTicker();
  private final VersionBreaker breaker =
      new VersionBreaker(VERSION, new BreakerOptions(3, 50, 10, 6, WAIT, 2), ticker, () -> {});

  /** What may happen to a breaker. */
  enum Step {
    ACQUIRE,
    SUCCEED_OLDEST,
    FAIL_OLDEST,
    FAIL_NEWEST,
    RELEASE_OLDEST,
    RELEASE_AND_FAIL_NEWEST,
    ADMIT,
    PAUSE
  }

  @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
  void closesAgainAfterAnything(@ForAll @Size(max = 120) List<Step> steps) {
    // Given
    List<Permit> held = new ArrayList<>();
    steps.forEach(step -> apply(step, held));

    // When: what runs ends, and the model answers from then on
    held.forEach(breaker::release);
    for (int i = 0; i < 12; i++) {
      ticker.advance(WAIT.plusNanos(1));
      breaker.succeeded(requireNonNull(breaker.tryAcquire()));
    }

    // Then
    assertThat(breaker.state()).isEqualTo(BreakerState.CLOSED);
  }

  private void apply(Step step, List<Permit> held) {
    if (step == Step.ACQUIRE) {
      Permit permit = breaker.tryAcquire();
      if (permit != null) {
        held.add(permit);
      }
    } else if (step == Step.ADMIT) {
      var unused = breaker.admits();
    } else if (step == Step.PAUSE) {
      ticker.advance(WAIT.dividedBy(2).plusNanos(1));
    } else if (!held.isEmpty()) {
      switch (step) {
        case SUCCEED_OLDEST -> breaker.succeeded(held.remove(0));
        case FAIL_OLDEST -> breaker.failed(held.remove(0));
        case FAIL_NEWEST -> breaker.failed(held.remove(held.size() - 1));
        case RELEASE_OLDEST -> breaker.release(held.remove(0));
        case RELEASE_AND_FAIL_NEWEST -> {
          Permit permit = held.remove(held.size() - 1);
          breaker.release(permit);
          breaker.failed(permit);
        }
        case ACQUIRE, ADMIT, PAUSE -> {}
      }
    }
  }
}
