package io.millrace.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.local.audit.Origins;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class SummaryTest {

  private static final Summary SUMMARY =
      new Summary(
          2000,
          1996,
          1,
          1,
          1,
          1,
          0,
          new Origins(1400, 346, 250, 0, 0),
          8.25,
          242.3,
          new Summary.Latency(0.9, 1.1, 1.25),
          0.7,
          12.5,
          1.07,
          3.5,
          0.91);

  @Test
  void hasTheDocumentedKeys() throws IOException {
    assertThat(SUMMARY.toJson()).isEqualToNormalizingNewlines(resource("summary.json"));
  }

  @Test
  void isExactlyOnceOnlyWithoutMissingAndDuplicateResults() {
    assertThat(SUMMARY.exactlyOnce()).isFalse();
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = SummaryTest.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
