package io.millrace.local.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class VerdictTest {

  private static final Verdict CLEAN = new Verdict("poison", 5, 5, 0, 0, 0);

  @Test
  void isCleanOnlyWithoutAnythingMissingDoubleOrWrong() {
    assertThat(CLEAN.clean()).isTrue();
    assertThat(new Verdict("poison", 5, 4, 1, 0, 0).clean()).isFalse();
    assertThat(new Verdict("poison", 5, 5, 0, 1, 0).clean()).isFalse();
    assertThat(new Verdict("poison", 5, 5, 0, 0, 1).clean()).isFalse();
  }

  @Test
  void oneIsAnObjectAndSeveralAreAnArray() {
    String object =
        "{\"scenario\":\"poison\",\"accepted\":5,\"terminal\":5,\"missing\":0,"
            + "\"duplicate_results\":0,\"wrong\":0}";

    assertThat(compact(Verdict.toJson(List.of(CLEAN)))).isEqualTo(object);
    assertThat(compact(Verdict.toJson(List.of(CLEAN, CLEAN))))
        .isEqualTo("[" + object + "," + object + "]");
  }

  private static String compact(String json) {
    return json.replaceAll("\\s", "");
  }
}
