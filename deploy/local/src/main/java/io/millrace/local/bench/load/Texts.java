package io.millrace.local.bench.load;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Texts to send, made of those of the data. */
public final class Texts {

  private static final int FEWEST_WORDS = 3;
  private static final int MOST_WORDS = 90;

  private final List<String> rows;

  /**
   * Texts of rows.
   *
   * @param rows at least one
   */
  public Texts(List<String> rows) {
    if (rows.isEmpty()) {
      throw new IllegalArgumentException("There are no texts");
    }
    this.rows = List.copyOf(rows);
  }

  /**
   * Texts of which no two are equal, so that each is computed, and which have the lengths of the
   * data: the rows in turn, in the second turn with a space behind them, and so on. A tokenizer
   * does not see it; the fingerprint does.
   */
  public List<String> distinct(int count) {
    List<String> texts = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      texts.add(rows.get(i % rows.size()).strip() + " ".repeat(i / rows.size()));
    }
    return texts;
  }

  /**
   * Texts of very different lengths, as of messages and documents together: 3 to 90 words, evenly
   * distributed on a logarithmic scale, of rows one after the other.
   */
  public List<String> mixedLengths(int count, RandomGenerator random) {
    List<String> texts = new ArrayList<>(count);
    double from = Math.log(FEWEST_WORDS);
    double to = Math.log(MOST_WORDS);
    int next = 0;
    for (int i = 0; i < count; i++) {
      int words = (int) Math.round(Math.exp(from + random.nextDouble() * (to - from)));
      List<String> text = new ArrayList<>(words);
      while (text.size() < words) {
        text.addAll(List.of(rows.get(next++ % rows.size()).strip().split("\\s+")));
      }
      texts.add(String.join(" ", text.subList(0, words)));
    }
    return texts;
  }
}
