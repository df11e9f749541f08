package io.millrace.inference.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.jobs.config.ConfigException;
import io.millrace.jobs.config.JobArguments;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigLoaderTest {

  @TempDir private Path directory;

  @Test
  void theDefaultsAreComplete() {
    InferenceConfig config = ConfigLoader.load(null, Map.of());

    assertThat(config.kafka().bootstrapServers()).isEqualTo("localhost:9092");
    assertThat(config.models().callTimeout()).isEqualTo(Duration.ofSeconds(10));
    assertThat(config.checkpoints().interval()).isEqualTo(Duration.ofSeconds(1));
    assertThat(config.deduplicate().ttl()).isEqualTo(Duration.ofHours(24));
  }

  @Test
  void theFileGoesOverTheDefaultsAndTheEnvironmentOverTheFile() throws IOException {
    Path file = file("parallelism: 4\ninfer:\n  capacity: 64\n  timeout: 1m\n");

    InferenceConfig config =
        ConfigLoader.load(
            file, Map.of("MILLRACE_INFERENCE_INFER_CAPACITY", "32", "PATH", "/usr/bin"));

    assertThat(config.parallelism()).isEqualTo(4);
    assertThat(config.infer().capacity()).isEqualTo(32);
    assertThat(config.infer().timeout()).isEqualTo(Duration.ofMinutes(1));
    assertThat(config.route().deploymentWait()).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void theCommandLineGoesOverAllElse() throws IOException {
    Path file = file("parallelism: 4\ninfer:\n  capacity: 64\n");
    JobArguments arguments =
        JobArguments.parse(
            "--config",
            file.toString(),
            "--set",
            "infer.capacity=16",
            "--set",
            "models.call-timeout=3s");

    InferenceConfig config =
        ConfigLoader.forArguments(arguments, Map.of("MILLRACE_INFERENCE_INFER_CAPACITY", "32"));

    assertThat(config.parallelism()).isEqualTo(4);
    assertThat(config.infer().capacity()).isEqualTo(16);
    assertThat(config.models().callTimeout()).isEqualTo(Duration.ofSeconds(3));
  }

  @Test
  void theCommandLineKnowsItsKeys() {
    assertThatThrownBy(
            () ->
                ConfigLoader.forArguments(JobArguments.parse("--set", "infer.capacty=1"), Map.of()))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith(
            "infer.capacty: unknown key, expected one of [checkpoints.directory");
    assertThatThrownBy(
            () -> ConfigLoader.forArguments(JobArguments.parse("--set", "infer=1"), Map.of()))
        .hasMessageStartingWith("infer: unknown key");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "infer: {capacty: 5}            | infer.capacty: unknown key, expected one of [",
        "infer: {capacity: 0}           | infer.capacity: expected at least 1, found 0",
        "infer: {capacity: many}        | infer.capacity",
        "infer: {timeout: 10}           | expected a duration such as 500ms, 10s, 5m or 24h",
        "infer: {timeout: fast}         | expected a duration such as 500ms, 10s, 5m or 24h",
        "infer: {timeout: 0s}           | infer.timeout: expected more than 0, found PT0S",
        "kafka: {bootstrap-servers: ''} | bootstrap-servers: expected host:port",
        "restart: {max-backoff: 1ms}    | restart.max-backoff: expected at least restart.initial",
        "route:                         | route",
        "redis: {uri: http://x}         | redis.uri: The Redis URI must have the form redis[s]://",
        "- a                            | expected a YAML mapping of keys to values",
        "a: [                           | not YAML",
      })
  void aBadValueIsRefusedWithItsKey(String yaml, String message) throws IOException {
    Path file = file(yaml);

    assertThatThrownBy(() -> ConfigLoader.load(file, Map.of()))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(message);
  }

  @Test
  void anUnknownVariableIsRefused() {
    assertThatThrownBy(() -> ConfigLoader.load(null, Map.of("MILLRACE_INFERENCE_CAPACITY", "5")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("MILLRACE_INFERENCE_CAPACITY")
        .hasMessageContaining("MILLRACE_INFERENCE_INFER_CAPACITY");
  }

  @Test
  void anEndpointThatIsNoUrlIsRefusedAndNotRepeated() {
    assertThatThrownBy(
            () ->
                ConfigLoader.load(
                    null, Map.of("MILLRACE_INFERENCE_TRACING_ENDPOINT", "me:secret@collector")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("tracing.endpoint: expected none or http(s)://host:port")
        .hasMessageNotContaining("secret");
  }

  @Test
  void aMissingFileIsRefused() {
    assertThatThrownBy(() -> ConfigLoader.load(directory.resolve("none.yaml"), Map.of()))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("none.yaml")
        .hasMessageContaining("cannot be read");
  }

  private Path file(String yaml) throws IOException {
    return Files.writeString(directory.resolve("inference.yaml"), yaml);
  }
}
