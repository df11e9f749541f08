package io.millrace.local.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ExpressionsTest {

  @Test
  void findsTheNamesAndNothingElse() {
    String expression =
        """
        histogram_quantile(0.99, sum by (model, le) (rate(a_seconds_bucket{x=~"b|c\\"}"}[5m])))
          > on (model) group_left (version) 1.3e2 * a:b_total:rate5m offset 5m
        and (sum without (instance) (d) > bool 1) unless min(e_info) or vector(1)
        """;

    assertThat(Expressions.metrics(expression))
        .containsExactly("a:b_total:rate5m", "a_seconds_bucket", "d", "e_info");
  }
}
