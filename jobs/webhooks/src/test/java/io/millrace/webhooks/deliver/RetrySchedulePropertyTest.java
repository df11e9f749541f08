package io.millrace.webhooks.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class RetrySchedulePropertyTest {

  @Provide
  Arbitrary<List<Duration>> delays() {
    return Arbitraries.longs().between(1, 604_800_000).map(Duration::ofMillis).list().ofMaxSize(12);
  }

  @Property
  void eachDelayIsTheSchedulesPlusItsJitter(
      @ForAll("delays") List<Duration> delays,
      @ForAll @DoubleRange(max = 1) double jitter,
      @ForAll @IntRange(min = 1, max = 14) int failed,
      @ForAll long seed) {
    var delay =
        new RetrySchedule(delays, jitter)
            .delayAfter(failed, Duration.ZERO, new SplittableRandom(seed));

    assertThat(delay.isPresent()).isEqualTo(failed <= delays.size());
    delay.ifPresent(
        found -> {
          long planned = delays.get(failed - 1).toMillis();
          assertThat(found.toMillis()).isBetween(planned, planned + (long) (planned * jitter));
        });
  }

  @Property
  void theEndpointsWishIsKept(
      @ForAll("delays") List<Duration> delays,
      @ForAll @LongRange(max = 86_400_000) long wish,
      @ForAll long seed) {
    new RetrySchedule(delays, 0.1)
        .delayAfter(1, Duration.ofMillis(wish), new SplittableRandom(seed))
        .ifPresent(found -> assertThat(found.toMillis()).isGreaterThanOrEqualTo(wish));
  }

  @Property
  void noDeliveryTakesLongerThanTheLongest(
      @ForAll("delays") List<Duration> delays, @ForAll long seed) {
    RetrySchedule schedule = new RetrySchedule(delays, 0.1);
    SplittableRandom random = new SplittableRandom(seed);
    long sum = 0;
    for (int failed = 1; failed <= delays.size(); failed++) {
      sum += schedule.delayAfter(failed, Duration.ZERO, random).orElseThrow().toMillis();
    }
    assertThat(sum).isLessThanOrEqualTo(schedule.longest().toMillis());
  }

  @Example
  void deliveriesThatFailedTogetherDoNotComeBackTogether() {
    RetrySchedule schedule = new RetrySchedule(List.of(Duration.ofHours(1)), 0.1);
    SplittableRandom random = new SplittableRandom(1);
    assertThat(
            java.util.stream.Stream.generate(
                    () -> schedule.delayAfter(1, Duration.ZERO, random).orElseThrow())
                .limit(100)
                .distinct()
                .count())
        .isGreaterThan(90);
  }
}
