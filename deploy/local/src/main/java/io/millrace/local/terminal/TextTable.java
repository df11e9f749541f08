package io.millrace.local.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Rows in aligned columns, two spaces apart, under an optional header and a rule. */
public final class TextTable {

  /** To which side a column's cells lean. */
  public enum Align {
    LEFT,
    RIGHT
  }

  private static final String GAP = "  ";

  private final List<Align> columns;
  private final List<List<String>> rows = new ArrayList<>();
  private boolean header;

  /** A table of as many columns as there are alignments. */
  public TextTable(Align... columns) {
    this.columns = List.of(columns);
  }

  /** Sets the first row apart; call it before {@link #row}. */
  public TextTable header(String... cells) {
    header = true;
    return row(cells);
  }

  public TextTable row(String... cells) {
    if (cells.length != columns.size()) {
      throw new IllegalArgumentException(
          "A row has %d cells, expected %d".formatted(cells.length, columns.size()));
    }
    rows.add(List.of(cells));
    return this;
  }

  /** The lines of the table, without trailing spaces. */
  public List<String> lines() {
    int[] widths =
        IntStream.range(0, columns.size())
            .map(column -> rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0))
            .toArray();
    List<String> lines = new ArrayList<>(rows.stream().map(row -> line(row, widths)).toList());
    if (header) {
      lines.add(1, IntStream.of(widths).mapToObj("-"::repeat).collect(Collectors.joining(GAP)));
    }
    return lines;
  }

  private String line(List<String> row, int[] widths) {
    return IntStream.range(0, row.size())
        .mapToObj(column -> pad(row.get(column), widths[column], columns.get(column)))
        .collect(Collectors.joining(GAP))
        .stripTrailing();
  }

  private static String pad(String cell, int width, Align align) {
    String spaces = " ".repeat(width - cell.length());
    return align == Align.LEFT ? cell + spaces : spaces + cell;
  }
}
