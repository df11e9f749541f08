package io.millrace.local.cluster.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChaosPlanTest {

  @Test
  void fiveMinutesKillEachPartOnceEvenly() {
    List<ChaosPlan.Kill> kills = ChaosPlan.over(Duration.ofMinutes(5)).kills();

    assertThat(kills).extracting(ChaosPlan.Kill::victim).containsExactly(Victim.values());
    assertThat(kills)
        .extracting(kill -> kill.after().toSeconds())
        .containsExactly(30L, 90L, 150L, 210L, 270L);
  }

  @Test
  void longerTimesKillEachPartSeveralTimes() {
    List<ChaosPlan.Kill> kills = ChaosPlan.over(Duration.ofMinutes(10)).kills();

    assertThat(kills).hasSize(15);
    assertThat(kills.get(5).victim()).isEqualTo(Victim.TM);
    assertThat(kills.get(14).after()).isLessThan(Duration.ofMinutes(10));
  }

  @Test
  void aShortTimeKillsEachPartAllTheSame() {
    assertThat(ChaosPlan.over(Duration.ofSeconds(50)).kills())
        .extracting(kill -> kill.after().toSeconds())
        .containsExactly(5L, 15L, 25L, 35L, 45L);
  }
}
