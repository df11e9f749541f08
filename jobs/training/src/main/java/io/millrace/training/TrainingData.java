package io.millrace.training;

import io.millrace.models.packages.Sha256;
import io.millrace.training.LabeledTextCsv.Row;
import io.millrace.training.LabeledTextCsv.Split;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Rows to learn from and rows to measure with.
 *
 * @param name the training file's name, without its directory
 * @param sha256 of the training file, in lower-case hex
 * @param train of at least two labels
 * @param heldOut never learnt from; at least one row, only labels of {@code train}
 */
public record TrainingData(
    String name, String sha256, List<LabeledText> train, List<LabeledText> heldOut) {

  public TrainingData {
    train = List.copyOf(train);
    heldOut = List.copyOf(heldOut);
  }

  /**
   * Reads the data. Without a test file the rows that the column {@code split} marks are held out;
   * without that column a fifth of each label's rows, drawn with a fixed seed.
   *
   * @param test rows to hold out, or null
   * @throws TrainingException when a model cannot be trained on this; says where and why
   */
  public static TrainingData read(Path data, @Nullable Path test)
      throws TrainingException, IOException {
    byte[] bytes = LabeledTextCsv.bytes(data);
    return of(
        LabeledTextCsv.name(data),
        bytes,
        test == null ? null : LabeledTextCsv.read(test),
        test == null ? LabeledTextCsv.name(data) : LabeledTextCsv.name(test));
  }

  static TrainingData of(String name, byte[] bytes) throws TrainingException, IOException {
    return of(name, bytes, null, name);
  }

  private static TrainingData of(
      String name, byte[] bytes, @Nullable List<Row> test, String testName)
      throws TrainingException, IOException {
    List<Row> rows = LabeledTextCsv.parse(name, bytes);
    boolean split = !rows.isEmpty() && rows.get(0).split() != null;
    if (split && test != null) {
      throw new TrainingException(
          name + " has a column 'split' and a test file was given too, expected one of them");
    }
    List<Row> train = new ArrayList<>();
    List<Row> heldOut = new ArrayList<>();
    if (test != null) {
      train.addAll(rows);
      heldOut.addAll(test);
    } else if (split) {
      rows.forEach(row -> (row.split() == Split.TEST ? heldOut : train).add(row));
    } else {
      StratifiedHoldOut.divide(rows, train, heldOut);
    }
    requireUsable(name, train, testName, heldOut);
    String sha256 = Sha256.of(new ByteArrayInputStream(bytes));
    return new TrainingData(name, sha256, texts(train), texts(heldOut));
  }

  /** The rows of some labels only, for a quick model. */
  public TrainingData only(Set<String> labels) {
    return new TrainingData(
        name,
        sha256,
        train.stream().filter(row -> labels.contains(row.label())).toList(),
        heldOut.stream().filter(row -> labels.contains(row.label())).toList());
  }

  /**
   * The same texts with the training labels dealt out anew, for a model that is meant to be bad.
   * Held-out rows keep their labels, so that the metrics tell the truth about it; the name says
   * what was done.
   */
  public TrainingData withShuffledLabels(long seed) {
    List<String> labels = new ArrayList<>(train.stream().map(LabeledText::label).toList());
    Collections.shuffle(labels, new Random(seed));
    return new TrainingData(
        "%s, labels shuffled with seed %d".formatted(name, seed),
        sha256,
        IntStream.range(0, train.size())
            .mapToObj(row -> new LabeledText(train.get(row).text(), labels.get(row)))
            .toList(),
        heldOut);
  }

  private static void requireUsable(
      String name, List<Row> train, String testName, List<Row> heldOut) throws TrainingException {
    Set<String> labels = train.stream().map(row -> row.text().label()).collect(Collectors.toSet());
    if (labels.size() < 2) {
      throw new TrainingException(
          "%s has %d training rows of %d labels, expected at least two labels"
              .formatted(name, train.size(), labels.size()));
    }
    if (heldOut.isEmpty()) {
      throw new TrainingException(
          testName + " has no rows to measure with, expected at least one held-out row");
    }
    for (Row row : heldOut) {
      if (!labels.contains(row.text().label())) {
        throw new TrainingException(
            "%s line %d has a label that no training row has".formatted(testName, row.line()));
      }
    }
  }

  private static List<LabeledText> texts(List<Row> rows) {
    return rows.stream().map(Row::text).toList();
  }
}
