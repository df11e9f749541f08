package io.millrace.ingress.reports;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CsvTest {

  private static String line(@Nullable Object... cells) {
    Csv csv = new Csv("a", "b");
    csv.row(cells);
    return new String(csv.bytes(), StandardCharsets.UTF_8);
  }

  @Test
  void linesEndAsRfc4180SaysAndNumbersStayNumbers() {
    assertThat(line(-0.5, 3L, true, null, Double.NaN, Instant.EPOCH, "–"))
        .isEqualTo("a,b\r\n-0.5,3,true,,,1970-01-01T00:00:00Z,–\r\n");
  }

  @Test
  void commasQuotesAndLineEndsAreQuoted() {
    assertThat(line("a,b", "say \"no\"", "two\nlines"))
        .isEqualTo("a,b\r\n\"a,b\",\"say \"\"no\"\"\",\"two\nlines\"\r\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)", "\tx"})
  void aTextIsNoFormula(String text) {
    assertThat(line(text)).isEqualTo("a,b\r\n'" + text + "\r\n");
  }

  @Test
  void aTextThatBeginsALineIsNoFormulaEither() {
    assertThat(line("\r=1")).isEqualTo("a,b\r\n\"'\r=1\"\r\n");
  }
}
