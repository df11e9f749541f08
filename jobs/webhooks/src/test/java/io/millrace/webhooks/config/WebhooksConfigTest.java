package io.millrace.webhooks.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.jobs.config.ConfigException;
import io.millrace.jobs.config.ConfigReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebhooksConfigTest {

  private static final Path PAGE = Path.of("../../docs/webhooks.md");

  @Test
  void theDefaultsAreThoseOfTheStandard() {
    WebhooksConfig config = WebhooksConfig.load(null, Map.of());

    assertThat(config.delivery().retrySchedule().delays())
        .containsExactly(
            Duration.ofSeconds(5),
            Duration.ofMinutes(5),
            Duration.ofMinutes(30),
            Duration.ofHours(2),
            Duration.ofHours(5),
            Duration.ofHours(10),
            Duration.ofHours(14),
            Duration.ofHours(20),
            Duration.ofHours(24));
    assertThat(config.delivery().timeout()).isEqualTo(Duration.ofSeconds(15));
    assertThat(config.addresses().allowedNetworks()).isEmpty();
    assertThat(config.addresses().httpAllowed()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "DELIVERY_SCHEDULE          | 5s, soon    | expected a duration such as 500ms",
        "DELIVERY_SCHEDULE          | 5s, 0s      | expected times of more than 0",
        "DELIVERY_JITTER            | 1.5         | delivery.jitter: expected 0 to 1, found 1.5",
        "DELIVERY_MAX_IN_FLIGHT     | 0           | delivery.max-in-flight: expected at least 1",
        "ENDPOINTS_MAX_PAUSE        | 1s          | at least endpoints.initial-pause",
        "ADDRESSES_ALLOWED_NETWORKS | localhost   | expected networks like 10.0.0.0/8",
        "API_PUBLIC_URL             | ftp://x     | api.public-url: expected an http or https URL",
        "SECRETS_FILE               | ''          | secrets.file: expected a file, found nothing",
      })
  void aBadValueIsRefusedWithItsKey(String variable, String value, String message) {
    assertThatThrownBy(
            () -> WebhooksConfig.load(null, Map.of("MILLRACE_WEBHOOKS_" + variable, value)))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(message);
  }

  @Test
  void thePageNamesEachKeyWithItsDefault() throws IOException {
    assertThat(
            Files.readAllLines(PAGE).stream()
                .filter(line -> line.matches("\\| `[a-z-]+(\\.[a-z-]+)?` \\| `.*"))
                .map(line -> line.split(" \\| ", 3))
                .map(cells -> cells[0] + " | " + cells[1]))
        .containsExactlyElementsOf(
            new ConfigReader<>(WebhooksConfig.class, "")
                .defaultValues().entrySet().stream()
                    .map(entry -> "| `%s` | `%s`".formatted(entry.getKey(), entry.getValue()))
                    .toList());
  }
}
