package io.millrace.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import io.micronaut.core.naming.NameUtils;
import java.io.IOException;
import java.lang.reflect.Parameter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page that explains the configuration names each setting with the default that it has. */
class SettingsPageTest {

  private static final Path PAGE = Path.of("../docs/configuration.md");

  @Test
  void thePageAndTheDefaultsAgree() throws IOException {
    List<String> rows =
        Files.readAllLines(PAGE).stream()
            .filter(line -> line.startsWith("| `millrace."))
            .map(line -> line.split(" \\| ", 3))
            .map(cells -> cells[0] + " | " + cells[1])
            .toList();

    assertThat(rows)
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(
                    AccessSettings.class,
                    BackpressureSettings.class,
                    BatchSettings.class,
                    HttpSettings.class,
                    JobSettings.class,
                    KafkaSettings.class,
                    RedisSettings.class,
                    ReportSettings.class,
                    SynchronousSettings.class,
                    TlsSettings.class,
                    TracingSettings.class)
                .flatMap(SettingsPageTest::rows)
                .toList());
  }

  private static Stream<String> rows(Class<?> settings) {
    String prefix = settings.getAnnotation(ConfigurationProperties.class).value();
    return Stream.of(settings.getDeclaredConstructors()[0].getParameters())
        .map(setting -> row(prefix, setting));
  }

  private static String row(String prefix, Parameter setting) {
    Bindable bindable = Objects.requireNonNull(setting.getAnnotation(Bindable.class));
    return "| `%s.%s` | `%s`"
        .formatted(prefix, NameUtils.hyphenate(setting.getName()), bindable.defaultValue());
  }
}
