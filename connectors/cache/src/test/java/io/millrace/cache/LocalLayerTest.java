package io.millrace.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LocalLayerTest {

  private final AtomicLong clock = new AtomicLong();

  @Test
  void keepsEachAnswerForItsOwnTime() {
    // Given
    LocalLayer layer = new LocalLayer(10_000, clock::get);
    layer.put("short", new byte[] {1}, Duration.ofSeconds(10));
    layer.put("long", new byte[] {2}, Duration.ofSeconds(60));

    // When
    clock.addAndGet(Duration.ofSeconds(11).toNanos());

    // Then
    assertThat(layer.get("short")).isNull();
    assertThat(layer.get("long")).containsExactly(2);
  }

  @Test
  void countsTheTimeFromTheLastWrite() {
    // Given
    LocalLayer layer = new LocalLayer(10_000, clock::get);
    layer.put("key", new byte[] {1}, Duration.ofSeconds(10));
    clock.addAndGet(Duration.ofSeconds(9).toNanos());

    // When
    layer.put("key", new byte[] {2}, Duration.ofSeconds(10));
    clock.addAndGet(Duration.ofSeconds(9).toNanos());

    // Then
    assertThat(layer.get("key")).containsExactly(2);
  }

  @Test
  void staysWithinItsBytes() {
    // Given
    LocalLayer layer = new LocalLayer(10_000, clock::get);

    // When
    for (int i = 0; i < 1_000; i++) {
      layer.put("key" + i, new byte[1_000], Duration.ofSeconds(10));
    }

    // Then
    long kept = IntStream.range(0, 1_000).filter(i -> layer.get("key" + i) != null).count();
    assertThat(kept).isBetween(1L, 10L);
  }
}
