package io.millrace.local.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.models.ModelVersion;
import org.junit.jupiter.api.Test;

class RuntimeMetricsTest {

  private static final String SCRAPE =
      """
      # HELP flink_millrace_batch_limit millrace_batch_limit
      flink_millrace_batch_limit{model="a",version="1.0.0",subtask="0",} 16.0
      flink_millrace_batch_limit{model="a",version="1.0.0",subtask="1",} 17.0
      flink_millrace_batch_limit{model="a",version="2.0.0",subtask="0",} 99.0
      flink_millrace_batch_limit{model="b",version="1.0.0",subtask="0",} 98.0
      flink_millrace_batch_limit_other{model="a",version="1.0.0",subtask="0",} 97.0
      """;

  @Test
  void findsTheLatestOfAVersion() {
    RuntimeMetrics metrics = new RuntimeMetrics(SCRAPE);

    assertThat(metrics.value(new ModelVersion("a", "1.0.0"), "millrace_batch_limit")).isEqualTo(17);
    assertThat(metrics.value(new ModelVersion("a", "1.0.0"), "absent")).isZero();
  }
}
