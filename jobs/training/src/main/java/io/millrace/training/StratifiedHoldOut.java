package io.millrace.training;

import io.millrace.training.LabeledTextCsv.Row;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Holds out a fifth of the rows of each label, the same ones each time. */
final class StratifiedHoldOut {

  private static final double SHARE = 0.2;
  private static final long SEED = 42;

  private StratifiedHoldOut() {}

  /** Adds each row to one of the lists, in the order of the file. */
  static void divide(List<Row> rows, List<Row> train, List<Row> heldOut) {
    Map<String, List<Row>> byLabel =
        rows.stream()
            .collect(
                Collectors.groupingBy(
                    row -> row.text().label(), TreeMap::new, Collectors.toList()));
    Random random = new Random(SEED);
    Set<Row> drawn = new HashSet<>();
    byLabel
        .values()
        .forEach(
            same -> {
              List<Row> shuffled = new ArrayList<>(same);
              Collections.shuffle(shuffled, random);
              drawn.addAll(shuffled.subList(0, (int) Math.round(SHARE * same.size())));
            });
    rows.forEach(row -> (drawn.contains(row) ? heldOut : train).add(row));
  }
}
