package io.millrace.ingress.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.cache.CacheUnavailableException;
import io.millrace.cache.JobEntry;
import io.millrace.cache.TopicProgress;
import io.millrace.ingress.FakeJobProjection;
import io.millrace.ingress.KafkaSettings;
import io.millrace.ingress.RedisSettings;
import io.millrace.ingress.problem.ProblemException;
import io.millrace.ingress.problem.ProblemType;
import io.millrace.schemas.Topic;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When it is said that a job was never accepted. */
final class ReadSideTest {

  private static final Instant NOW = Instant.parse("2026-11-22T10:15:30Z");
  private static final Instant ACCEPTED_AT = NOW.minusSeconds(30);

  /** The time to wait for metadata, that for the acknowledgement, and what clocks may differ. */
  private static final Duration SETTLE_TIME = Duration.ofMillis(500 + 10_000 + 2_000);

  private final FakeJobStore store = new FakeJobStore();
  private final FakeJobProjection projection = new FakeJobProjection();
  private final ReadSide readSide =
      new ReadSide(
          store,
          projection,
          Clock.fixed(NOW, ZoneOffset.UTC),
          new RedisSettings(
              "redis://localhost",
              "none",
              "none",
              "none",
              "none",
              "none",
              Duration.ofHours(24),
              Duration.ofSeconds(1)),
          new KafkaSettings(
              "localhost:9092",
              "none",
              Duration.ofSeconds(10),
              Duration.ofMillis(500),
              Duration.ZERO,
              "read-side"));

  private void complete(Instant until) {
    projection.advance(Topic.REQUESTS.name(), new TopicProgress.Step(0, 1, null, 1, until)).join();
  }

  private static JobEntry.Accepted job() {
    return new JobEntry.Accepted("job", "default", "m", null, ACCEPTED_AT, "fingerprint");
  }

  @Test
  void jobThatCannotBeMissingWasNeverAccepted() {
    // Given
    complete(ACCEPTED_AT.plus(SETTLE_TIME).plusMillis(1));

    // When // Then
    assertThat(readSide.find("default", "job", ACCEPTED_AT).join()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 10_000, 12_500})
  void jobMayBeMissingUntilItsSubmissionMustBeOverAndRead(int millis) {
    // Given
    complete(ACCEPTED_AT.plusMillis(millis));

    // When // Then
    assertRebuilding();
  }

  @Test
  void jobMayBeMissingWhenTheTopicIsNotRead() {
    assertRebuilding();
  }

  private void assertRebuilding() {
    assertThat(readSide.find("default", "job", ACCEPTED_AT))
        .failsWithin(Duration.ZERO)
        .withThrowableThat()
        .havingCause()
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem -> assertThat(problem.type()).isEqualTo(ProblemType.STATUS_REBUILDING));
  }

  @Test
  void jobThatIsRestoredBetweenTheLooksIsFound() {
    // Given
    projection.restore(job()).join();

    // When // Then
    assertThat(readSide.find("default", "job", ACCEPTED_AT).join()).contains(job());
  }

  @Test
  void jobThatIsThereNeedsNoSecondLook() {
    // Given
    store.accepted(job()).join();
    projection.away(new CacheUnavailableException("away", null));

    // When // Then
    assertThat(readSide.find("default", "job", ACCEPTED_AT).join()).contains(job());
  }

  @Test
  void idFromTheFutureWasNeverGivenToAJob() {
    assertThat(readSide.find("default", "job", NOW.plusSeconds(3)).join()).isEmpty();
  }

  @Test
  void storeThatIsAwayIsNoAnswer() {
    // Given
    store.goAway();

    // When // Then
    assertThat(readSide.find("default", "job", ACCEPTED_AT)).isCompletedExceptionally();
  }
}
