package io.millrace.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.local.audit.ResultTally;
import io.millrace.local.audit.Results;
import io.millrace.local.data.Utterance;
import io.millrace.schemas.avro.Origin;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LiveLineTest {

  private final AtomicLong now = new AtomicLong();

  @Test
  void showsWhatTheClientSawAndWhatWasCommitted() {
    // Given
    TrafficStatistics statistics = new TrafficStatistics(now::get);
    Utterance row = new Utterance("a", "b", true);
    statistics.accepted("1", row);
    statistics.accepted("2", row);
    now.addAndGet(Duration.ofSeconds(1).toNanos());
    statistics.done(Duration.ofMillis(40));
    statistics.done(Duration.ofMillis(1250));
    statistics.gaveUp();
    ResultTally committed =
        ResultTally.of(
            List.of(Results.computed("1", 4, 8, 8), Results.answered("2", Origin.COALESCED)));

    // When
    String line = LiveLine.render(4, statistics.snapshot(), committed, 0);

    // Then
    assertThat(line)
        .isEqualTo(
            "[###############.....]  75%  accepted 2  done 2  2/s  p50 40 ms  p99 1.25 s"
                + "  batch 4.0  cached 0  coalesced 1");
    assertThat(statistics.wallTime()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void startsWithNothing() {
    assertThat(
            LiveLine.render(
                4, new TrafficStatistics(now::get).snapshot(), ResultTally.of(List.of()), 0))
        .isEqualTo(
            "[....................]   0%  accepted 0  done 0  0/s  p50 0 ms  p99 0 ms"
                + "  batch -  cached 0  coalesced 0");
  }

  @Test
  void theBarMakesRoomForTheFigures() {
    TrafficStatistics.Snapshot nothing = new TrafficStatistics(now::get).snapshot();
    ResultTally none = ResultTally.of(List.of());
    int whole = LiveLine.render(4, nothing, none, 0).length();

    assertThat(LiveLine.render(4, nothing, none, whole + 1)).hasSize(whole);
    assertThat(LiveLine.render(4, nothing, none, whole - 11))
        .hasSize(whole - 12)
        .startsWith("[........]   0%  accepted 0");
    assertThat(LiveLine.render(4, nothing, none, 80)).startsWith("  0%  accepted 0");
  }
}
