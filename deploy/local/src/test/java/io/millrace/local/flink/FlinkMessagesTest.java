package io.millrace.local.flink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import org.junit.jupiter.api.Test;

class FlinkMessagesTest {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  @Test
  void aTraceIsItsInnermostCause() {
    String body =
        """
        {"errors": ["Internal server error.",
         "<Exception on server side:\\njava.util.concurrent.CompletionException: outer\\n\\tat x.Y\\nCaused by: a.B: middle\\n\\t... 3 more\\nCaused by: c.D: the reason\\n\\tat z.Z\\n\\nEnd of exception on server side>"]}
        """;

    assertThat(FlinkMessages.of(body.getBytes(UTF_8), JSON)).isEqualTo("c.D: the reason");
  }

  @Test
  void aTraceWithoutACauseIsItsFirstLine() {
    assertThat(FlinkMessages.rootCause("<Exception on server side:\na.B: reason\n\tat x.Y"))
        .isEqualTo("a.B: reason");
  }

  @Test
  void aMessageStaysAsItIs() {
    assertThat(FlinkMessages.of("{\"errors\":[\"Job 1 not found\"]}".getBytes(UTF_8), JSON))
        .isEqualTo("Job 1 not found");
  }

  @Test
  void whatIsNotFromFlinkIsShownAsItIs() {
    assertThat(FlinkMessages.of("Bad Gateway\n".getBytes(UTF_8), JSON)).isEqualTo("Bad Gateway");
    assertThat(FlinkMessages.of("<".repeat(2_000).getBytes(UTF_8), JSON)).hasSizeLessThan(600);
    assertThat(FlinkMessages.rootCause("")).isEqualTo("no message");
  }
}
