package io.millrace.local.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.local.bench.frame.Figures;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class TextsTest {

  @Test
  void distinctTextsDifferInNothingThatATokenizerSees() {
    // When
    List<String> texts = new Texts(List.of("one", "two ")).distinct(5);

    // Then
    assertThat(texts).doesNotHaveDuplicates();
    assertThat(texts).extracting(String::strip).containsExactly("one", "two", "one", "two", "one");
  }

  @Test
  void mixedLengthsAreSpreadEvenlyOnALogarithmicScale() {
    // When
    List<Integer> words =
        new Texts(List.of("a b c d e", "f g"))
            .mixedLengths(4_000, new SplittableRandom(1)).stream()
                .map(text -> text.split(" ", -1).length)
                .sorted()
                .toList();

    // Then
    assertThat(words.get(0)).isEqualTo(3);
    assertThat(words.get(words.size() - 1)).isEqualTo(90);
    // Half way on that scale: the square root of 3 * 90.
    assertThat(words.get(words.size() / 2)).isBetween(15, 18);
  }

  @Test
  void ranksRepeatByZipfsLaw() {
    // Given
    Zipf zipf = new Zipf(1_000, 1.1);
    SplittableRandom random = new SplittableRandom(3);
    int[] counts = new int[1_000];

    // When
    IntStream.range(0, 200_000).forEach(i -> counts[zipf.next(random)]++);

    // Then
    assertThat((double) counts[0] / counts[1]).isCloseTo(Math.pow(2, 1.1), within(0.15));
    assertThat((double) counts[0] / counts[9]).isCloseTo(Math.pow(10, 1.1), within(1.5));
    assertThat(IntStream.of(counts).sum()).isEqualTo(200_000);
  }

  @Test
  void percentilesAreOfAllThatWasNoted() {
    // Given 1 to 1,000 ms
    Latencies latencies = new Latencies();
    LongStream.rangeClosed(1, 1_000).forEach(millis -> latencies.add(millis * 1_000_000));

    // When
    Figures figures = latencies.figures();

    // Then three digits count
    assertThat(figures.get("p50_ms")).isCloseTo(500, within(1.0));
    assertThat(figures.get("p99_ms")).isCloseTo(990, within(1.0));
    assertThat(latencies.count()).isEqualTo(1_000);
  }
}
