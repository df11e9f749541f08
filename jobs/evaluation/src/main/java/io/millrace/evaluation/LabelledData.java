package io.millrace.evaluation;

import java.util.List;

/**
 * What versions are measured on.
 *
 * @param name the file's name, without its directory
 * @param sha256 of the file, in lower-case hex
 * @param rows at least one
 */
public record LabelledData(String name, String sha256, List<LabelledRow> rows) {

  public LabelledData {
    rows = List.copyOf(rows);
    if (rows.isEmpty()) {
      throw new IllegalArgumentException(name + " has no rows, expected at least one");
    }
  }
}
