package io.millrace.local.cluster.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.millrace.local.cluster.load.LoadCounts;
import io.millrace.local.cluster.load.LoadReport;
import io.millrace.local.demo.SummaryFiles;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClusterChaosSummaryTest {

  private static final LoadReport LOAD =
      new LoadReport(100, 99, 1, 2, 3, 4, new LoadCounts(120, 6, 7, 0, 0));

  @Test
  void theKeysAreThoseOfTheDocumentation() throws Exception {
    List<KillReport> kills =
        List.of(
            new KillReport(Victim.TM, "tm-1", 1, 4.0, 5),
            new KillReport(Victim.TM, "tm-2", 2, 6.0, 5),
            new KillReport(Victim.REDIS, "redis", 3, 0.5, 5),
            new KillReport(Victim.JM, "jm", 3, null, 5));

    JsonNode json =
        JsonMapper.builder()
            .build()
            .readTree(
                SummaryFiles.json(
                    ClusterChaosSummary.of(LOAD, kills, Duration.ofMinutes(5), 40, 7, 1.5)));

    assertThat(json.get("accepted").asLong()).isEqualTo(100);
    assertThat(json.get("terminal").asLong()).isEqualTo(99);
    assertThat(json.get("missing").asLong()).isEqualTo(1);
    assertThat(json.get("duplicate_results").asLong()).isEqualTo(2);
    assertThat(json.get("lost_accepts").asLong()).isEqualTo(3);
    assertThat(json.get("failed").asLong()).isEqualTo(4);
    assertThat(json.get("recovery_seconds").get("tm").asDouble()).isEqualTo(6);
    assertThat(json.get("recovery_seconds").get("redis").asDouble()).isEqualTo(0.5);
    assertThat(json.get("recovery_seconds").get("jm").isNull()).isTrue();
    assertThat(json.get("recovery_seconds").get("broker").isNull()).isTrue();
    assertThat(json.get("recovery_seconds").has("api")).isTrue();
  }

  @Test
  void whatIsMissingOrTwiceIsNoPass() {
    LoadCounts calls = new LoadCounts(10, 0, 0, 0, 0);
    List<KillReport> recovered = List.of(new KillReport(Victim.TM, "tm-1", 1, 4.0, 5));

    assertThat(new ChaosReport(new LoadReport(9, 9, 0, 0, 0, 0, calls), recovered).passed())
        .isTrue();
    assertThat(new ChaosReport(new LoadReport(9, 8, 1, 0, 1, 0, calls), recovered).passed())
        .isFalse();
    assertThat(new ChaosReport(new LoadReport(9, 9, 0, 1, 0, 0, calls), recovered).passed())
        .isFalse();
    assertThat(new ChaosReport(new LoadReport(9, 9, 0, 0, 1, 0, calls), recovered).passed())
        .isFalse();
    assertThat(
            new ChaosReport(
                    new LoadReport(9, 9, 0, 0, 0, 0, calls),
                    List.of(new KillReport(Victim.TM, "tm-1", 1, null, 5)))
                .passed())
        .isFalse();
    assertThat(new ChaosReport(new LoadReport(0, 0, 0, 0, 0, 0, calls), recovered).passed())
        .isFalse();
  }
}
