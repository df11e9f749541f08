package io.millrace.local.data;

import io.millrace.local.terminal.CommandFailedException;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/**
 * Reads utterances from a CSV (RFC 4180, UTF-8) whose header names a column {@code text}, and may
 * name {@code category} or {@code label}, and {@code split}. Rows of the split {@code test} are
 * held out; without such a column all rows are.
 */
final class CsvData {

  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180
          .builder()
          .setHeader()
          .setSkipHeaderRecord(true)
          .setIgnoreEmptyLines(true)
          .setIgnoreHeaderCase(true)
          .get();
  private static final String HELD_OUT_SPLIT = "test";

  private CsvData() {}

  /**
   * Reads a file.
   *
   * @throws CommandFailedException when it is missing or not of this form
   */
  static List<Utterance> read(Path file) {
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      return read(reader, file.toString());
    } catch (NoSuchFileException e) {
      throw new CommandFailedException("There is no file " + file, e);
    } catch (IOException e) {
      throw new CommandFailedException("Cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  /**
   * Reads rows.
   *
   * @param source what the reader reads, for messages
   * @throws CommandFailedException when the data is not of this form
   */
  static List<Utterance> read(Reader reader, String source) {
    try (CSVParser parser = FORMAT.parse(reader)) {
      Columns columns = Columns.of(parser.getHeaderNames(), source);
      List<Utterance> rows = new ArrayList<>();
      for (CSVRecord row : parser) {
        String text = cell(row, columns.text, source);
        if (text.isBlank()) {
          throw malformed(source, row, "has no text");
        }
        rows.add(
            new Utterance(
                text,
                columns.label == null ? null : cell(row, columns.label, source),
                columns.split == null || HELD_OUT_SPLIT.equals(cell(row, columns.split, source))));
      }
      if (rows.isEmpty()) {
        throw new CommandFailedException(source + " has no rows");
      }
      return List.copyOf(rows);
    } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
      throw new CommandFailedException(source + " is not a CSV: " + e.getMessage(), e);
    }
  }

  private static String cell(CSVRecord row, String column, String source) {
    if (!row.isSet(column)) {
      throw malformed(source, row, "has no column '" + column + "'");
    }
    return row.get(column);
  }

  private static CommandFailedException malformed(String source, CSVRecord row, String problem) {
    return new CommandFailedException(
        "%s: row %d %s".formatted(source, row.getRecordNumber(), problem));
  }

  private record Columns(String text, @Nullable String label, @Nullable String split) {

    static Columns of(List<String> header, String source) {
      String text = find(header, "text");
      if (text == null) {
        throw new CommandFailedException(
            "%s has no column 'text'; its columns are %s".formatted(source, header));
      }
      String category = find(header, "category");
      return new Columns(
          text, category == null ? find(header, "label") : category, find(header, "split"));
    }

    private static @Nullable String find(List<String> header, String name) {
      return header.stream()
          .filter(column -> column.toLowerCase(Locale.ROOT).equals(name))
          .findFirst()
          .orElse(null);
    }
  }
}
