package io.millrace.local.demo;

import io.millrace.local.data.Utterance;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** Rows again and again. */
final class EndlessRows {

  private EndlessRows() {}

  /**
   * In one random order, each text with a number behind it, so that no content comes twice.
   *
   * @param sent counts what all of one stack have sent, and so tells contents apart
   */
  static Iterator<Utterance> numbered(List<Utterance> rows, Random random, AtomicLong sent) {
    List<Utterance> shuffled = shuffled(rows, random);
    return endless(
        () -> {
          long number = sent.incrementAndGet();
          Utterance row = shuffled.get((int) (number % shuffled.size()));
          return new Utterance("%s (%d)".formatted(row.text(), number), row.label(), row.heldOut());
        });
  }

  /** As they are, all of them before any comes again, each time in another random order. */
  static Iterator<Utterance> shuffledAnew(List<Utterance> rows, Random random) {
    List<Utterance> left = new ArrayList<>();
    return endless(
        () -> {
          if (left.isEmpty()) {
            left.addAll(shuffled(rows, random));
          }
          return left.remove(left.size() - 1);
        });
  }

  private static List<Utterance> shuffled(List<Utterance> rows, Random random) {
    List<Utterance> shuffled = new ArrayList<>(rows);
    Collections.shuffle(shuffled, random);
    return shuffled;
  }

  private static Iterator<Utterance> endless(Supplier<Utterance> next) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return true;
      }

      @Override
      public Utterance next() {
        return next.get();
      }
    };
  }
}
