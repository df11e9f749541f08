package io.millrace.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaConfigTest {

  @Test
  void badValuesAreRefusedWithTheirKey() {
    assertThatThrownBy(() -> new KafkaConfig(" ", "g", "p", Duration.ofMinutes(1)))
        .hasMessage("bootstrap-servers: expected host:port[,host:port...], found nothing");
    assertThatThrownBy(() -> new KafkaConfig("h:1", "", "p", Duration.ofMinutes(1)))
        .hasMessage("consumer-group: expected a name, found nothing");
    assertThatThrownBy(() -> new KafkaConfig("h:1", "g", "", Duration.ofMinutes(1)))
        .hasMessage("transactional-id-prefix: expected a name, found nothing");
    assertThatThrownBy(() -> new KafkaConfig("h:1", "g", "p", Duration.ofDays(30)))
        .hasMessage("transaction-timeout: expected 1s to 24d, found PT720H");
  }

  @Test
  void noSecretOfThePropertiesFileIsInWhatGoesIntoTheJobGraph(@TempDir Path directory)
      throws IOException {
    // Given
    Path file =
        Files.writeString(
            directory.resolve("kafka.properties"),
            """
            security.protocol=SASL_SSL
            sasl.mechanism=PLAIN
            sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required \
            username="job" password="correct horse";
            """);
    KafkaConfig config =
        new KafkaConfig("broker:9093", file.toString(), "group", "prefix", Duration.ofMinutes(1));

    // When
    List<Serializable> graph = List.of(KafkaSources.commands(config), KafkaSinks.results(config));

    // Then
    for (Serializable part : graph) {
      String bytes =
          new String(InstantiationUtil.serializeObject(part), StandardCharsets.ISO_8859_1);
      assertThat(bytes).doesNotContain("correct horse");
    }
    assertThat(
            new String(
                InstantiationUtil.serializeObject(KafkaSources.commands(config)),
                StandardCharsets.ISO_8859_1))
        .contains("SASL_SSL", "${millrace:" + file + ":sasl.jaas.config}");
    config.verifySecurity();
  }

  @Test
  void aFileThatIsMissingIsRefusedWithItsKey() {
    assertThatThrownBy(
            () ->
                new KafkaConfig("h:1", "/nowhere", "g", "p", Duration.ofMinutes(1))
                    .verifySecurity())
        .hasMessage(
            "kafka.properties-file: cannot read the properties file /nowhere (NoSuchFileException)");
  }
}
