package io.millrace.models.onnx;

import io.millrace.models.PreparedItem;
import io.millrace.models.features.TextStatistics;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** The tokenised texts of one request; each text is one row of a batch. */
final class TextItem implements PreparedItem {

  private final List<long[]> rows;
  private final List<TextStatistics> statistics;
  private final int tokens;
  private final int length;

  /**
   * @param rows token ids of each text, special tokens included
   * @param statistics of each text; empty when nobody wants them
   */
  TextItem(List<long[]> rows, List<TextStatistics> statistics) {
    this.rows = List.copyOf(rows);
    this.statistics = List.copyOf(statistics);
    tokens = rows.stream().mapToInt(row -> row.length).sum();
    length = rows.stream().mapToInt(row -> row.length).max().orElseThrow();
  }

  /** An item of equal rows, to warm a model up. */
  static TextItem ofShape(int rows, int length) {
    long[] row = new long[length];
    Arrays.fill(row, 1);
    return new TextItem(Collections.nCopies(rows, row), List.of());
  }

  List<long[]> ids() {
    return rows;
  }

  /** Of each text; empty when no features are taken of the item. */
  List<TextStatistics> statistics() {
    return statistics;
  }

  @Override
  public int rows() {
    return rows.size();
  }

  @Override
  public int tokens() {
    return tokens;
  }

  @Override
  public int length() {
    return length;
  }
}
