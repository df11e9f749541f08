package io.millrace.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedisConfigTest {

  @Test
  void hasShortTimeoutsByDefault() {
    // When
    RedisConfig config = RedisConfig.of("redis://127.0.0.1:6379");

    // Then
    assertThat(config.connectTimeout()).isEqualTo(Duration.ofSeconds(2));
    assertThat(config.commandTimeout()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void showsNoCredentials() {
    // When
    RedisConfig config = RedisConfig.of("redis://reader:s3cret@cache.example:6380/2");

    // Then
    assertThat(config.toString()).contains("cache.example:6380").doesNotContain("s3cret");
    assertThat(config.address()).isEqualTo("cache.example:6380");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "localhost:6379", "http://s3cret@localhost", "redis://"})
  void refusesWhatIsNoRedisUriWithoutRepeatingIt(String uri) {
    // When // Then
    assertThatThrownBy(() -> RedisConfig.of(uri))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("redis[s]://")
        .hasMessageNotContaining("s3cret");
  }

  @Test
  void refusesTimeoutsOfNothing() {
    // When // Then
    assertThatThrownBy(
            () -> new RedisConfig("redis://localhost", Duration.ofNanos(1), Duration.ofSeconds(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("connectTimeout");
    assertThatThrownBy(
            () -> new RedisConfig("redis://localhost", Duration.ofSeconds(1), Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("commandTimeout");
  }
}
