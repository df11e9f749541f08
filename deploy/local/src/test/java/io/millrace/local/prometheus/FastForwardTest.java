package io.millrace.local.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FastForwardTest {

  @Test
  void changesTimesAndNoNames() {
    String rules = "expr: a:p99_5m > 2 * f(a:p99_5m[1h] offset 5m) or rate(b[3d]) > 5\nfor: 2m\n";

    assertThat(FastForward.rules(rules, 1))
        .isEqualTo(
            "expr: a:p99_5m > 2 * f(a:p99_5m[60s] offset 5s) or rate(b[4320s]) > 5\nfor: 2s\n");
  }
}
