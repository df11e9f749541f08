package io.millrace.local.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millrace.local.terminal.CommandFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArrivalsTest {

  @TempDir Path directory;

  @Test
  void poissonArrivalsHaveTheirRateAndExponentialDistances() {
    // When
    Arrivals arrivals = Arrivals.poisson(200, Duration.ofSeconds(100), new SplittableRandom(1));

    // Then
    assertThat(arrivals.count()).isBetween(19_400, 20_600);
    double[] distances =
        IntStream.range(1, arrivals.count())
            .mapToDouble(i -> (arrivals.dueNanos(i) - arrivals.dueNanos(i - 1)) / 1e9)
            .toArray();
    double mean =
        IntStream.range(0, distances.length).mapToDouble(i -> distances[i]).sum()
            / distances.length;
    double longer = IntStream.range(0, distances.length).filter(i -> distances[i] > mean).count();
    // The share of an exponential distribution that is above its mean is 1 / e.
    assertThat(longer / distances.length).isCloseTo(1 / Math.E, within(0.02));
    assertThat(arrivals.dueNanos(arrivals.count() - 1)).isLessThan(100_000_000_000L);
  }

  @Test
  void evenArrivalsHaveEqualDistances() {
    // When
    Arrivals arrivals = Arrivals.even(4, Duration.ofSeconds(1));

    // Then
    assertThat(IntStream.range(0, arrivals.count()).mapToLong(arrivals::dueNanos))
        .containsExactly(0L, 250_000_000L, 500_000_000L, 750_000_000L);
  }

  @Test
  void aRecordedPatternKeepsItsBurstsAtTheNewRate() {
    // Given a burst of three, and one that comes 9 s later: 1 in 3 s
    List<Double> recorded = List.of(100.0, 100.0, 100.0, 109.0);

    // When
    Arrivals arrivals = Arrivals.recorded(recorded, 10, Duration.ofSeconds(5));

    // Then the distances are a thirtieth
    assertThat(IntStream.range(0, arrivals.count()).mapToLong(arrivals::dueNanos))
        .containsExactly(0L, 0L, 0L, 300_000_000L);
  }

  @Test
  void whatComesAfterTheEndIsLeftOut() {
    assertThat(Arrivals.recorded(List.of(0.0, 1.0, 2.0, 3.0), 1, Duration.ofSeconds(2)).count())
        .isEqualTo(2);
  }

  @Test
  void aRateOfNothingIsRefused() {
    assertThatThrownBy(() -> Arrivals.even(0, Duration.ofSeconds(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("rate above 0");
  }

  @Test
  void aTraceIsReadInSeconds() throws IOException {
    // Given
    Path file = directory.resolve("trace.csv");
    Files.writeString(
        file,
        """
        TIMESTAMP,ContextTokens,GeneratedTokens
        2023-11-16 18:15:46.6805900,374,44
        2023-11-16 18:16:01.1805900,396,109
        """);

    // When
    List<Double> seconds = ArrivalTrace.read(file);

    // Then
    assertThat(seconds.get(1) - seconds.get(0)).isCloseTo(14.5, within(1e-6));
  }

  @Test
  void aTraceOfAnotherFormSaysWhatIsExpected() throws IOException {
    // Given
    Path other = directory.resolve("other.csv");
    Files.writeString(other, "time\n1\n2\n");
    Path wrong = directory.resolve("wrong.csv");
    Files.writeString(wrong, "TIMESTAMP\nyesterday\n");

    // Then
    assertThatThrownBy(() -> ArrivalTrace.read(other))
        .isInstanceOf(CommandFailedException.class)
        .hasMessageContaining("has no column TIMESTAMP; its columns are [time]");
    assertThatThrownBy(() -> ArrivalTrace.read(wrong))
        .isInstanceOf(CommandFailedException.class)
        .hasMessageContaining("row 1: expected a time as");
  }

  @Test
  void anOpenLoopStartsEachWhenItIsDueAndTellsWhenThatWas() {
    // Given a clock that goes on by a millisecond each time that it is looked at
    long[] now = {1_000};
    Arrivals arrivals = Arrivals.even(1, Duration.ofSeconds(3));
    long[] due = new long[3];

    // When
    new OpenLoop(() -> now[0] += 1_000_000)
        .run(
            arrivals,
            (index, dueAt) -> {
              due[index] = dueAt;
              // A server that holds up its clients for longer than the next two are away.
              now[0] += index == 0 ? 2_500_000_000L : 0;
            });

    // Then the later ones are still due when they were
    assertThat(due[1] - due[0]).isEqualTo(1_000_000_000L);
    assertThat(due[2] - due[0]).isEqualTo(2_000_000_000L);
  }
}
