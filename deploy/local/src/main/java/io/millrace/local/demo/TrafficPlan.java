package io.millrace.local.demo;

import io.millrace.local.data.Utterance;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * What the demo sends, in order. The same data, numbers and seed give the same plan.
 *
 * @param requests the utterances to send
 * @param distinctTexts how many different texts are among them
 * @param cycled whether the data had too few different texts, so that rows were taken again beyond
 *     the wanted duplicates
 */
record TrafficPlan(List<Utterance> requests, int distinctTexts, boolean cycled) {

  TrafficPlan {
    requests = List.copyOf(requests);
  }

  /**
   * Draws a plan: {@code round(duplicates * count)} requests, spread over the run, repeat a text
   * that an earlier one has sent; the rest take the rows in random order, each text once before any
   * comes again.
   *
   * @param data the rows, at least one
   * @param count requests, at least one
   * @param duplicates share of requests that repeat an earlier text, 0 to 1; the first never does
   */
  static TrafficPlan draw(List<Utterance> data, int count, double duplicates, long seed) {
    if (data.isEmpty() || count < 1 || !(duplicates >= 0 && duplicates <= 1)) {
      throw new IllegalArgumentException(
          "Expected at least one row and request and a share of 0 to 1, got %d, %d and %s"
              .formatted(data.size(), count, duplicates));
    }
    Random random = new Random(seed);
    List<Utterance> rows = newTextsFirst(data, random);
    int repeats = (int) Math.min(Math.round(duplicates * count), count - 1);
    BitSet repeatAt = positions(count, repeats, random);
    List<Utterance> requests = new ArrayList<>(count);
    List<Utterance> fresh = new ArrayList<>(count - repeats);
    for (int i = 0; i < count; i++) {
      if (repeatAt.get(i)) {
        requests.add(fresh.get(random.nextInt(fresh.size())));
      } else {
        Utterance next = rows.get(fresh.size() % rows.size());
        fresh.add(next);
        requests.add(next);
      }
    }
    int distinct = (int) requests.stream().map(Utterance::text).distinct().count();
    return new TrafficPlan(requests, distinct, distinct < count - repeats);
  }

  /** All rows in random order, those whose text an earlier row has at the end. */
  private static List<Utterance> newTextsFirst(List<Utterance> data, Random random) {
    List<Utterance> shuffled = new ArrayList<>(data);
    Collections.shuffle(shuffled, random);
    Set<String> seen = new HashSet<>();
    List<Utterance> first = new ArrayList<>(data.size());
    List<Utterance> again = new ArrayList<>();
    shuffled.forEach(row -> (seen.add(row.text()) ? first : again).add(row));
    first.addAll(again);
    return first;
  }

  /** Which of the requests after the first repeat an earlier one. */
  private static BitSet positions(int count, int repeats, Random random) {
    List<Integer> candidates = new ArrayList<>(count - 1);
    for (int i = 1; i < count; i++) {
      candidates.add(i);
    }
    Collections.shuffle(candidates, random);
    BitSet chosen = new BitSet(count);
    candidates.subList(0, repeats).forEach(chosen::set);
    return chosen;
  }
}
