package io.millrace.models.onnx;

import io.millrace.models.PreparedItem;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** The tokenised texts of one request; each text is one row of a batch. */
final class TextItem implements PreparedItem {

  private final List<long[]> rows;
  private final int tokens;
  private final int length;

  /**
   * @param rows token ids of each text, special tokens included
   */
  TextItem(List<long[]> rows) {
    this.rows = List.copyOf(rows);
    tokens = rows.stream().mapToInt(row -> row.length).sum();
    length = rows.stream().mapToInt(row -> row.length).max().orElseThrow();
  }

  /** An item of equal rows, to warm a model up. */
  static TextItem ofShape(int rows, int length) {
    long[] row = new long[length];
    Arrays.fill(row, 1);
    return new TextItem(Collections.nCopies(rows, row));
  }

  List<long[]> ids() {
    return rows;
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
