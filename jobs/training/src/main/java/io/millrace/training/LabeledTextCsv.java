package io.millrace.training;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.commons.csv.DuplicateHeaderMode;
import org.jspecify.annotations.Nullable;

/**
 * Reads CSV files (RFC 4180, UTF-8) of labelled texts: a header with the columns {@code text},
 * {@code label} or {@code category}, and perhaps {@code split} with {@code train} or {@code test}.
 * Other columns are ignored.
 */
public final class LabeledTextCsv {

  private static final long MAX_BYTES = 256L << 20;
  private static final String BYTE_ORDER_MARK = "\uFEFF";
  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180
          .builder()
          .setHeader()
          .setSkipHeaderRecord(true)
          .setIgnoreEmptyLines(true)
          .setAllowMissingColumnNames(true)
          .setDuplicateHeaderMode(DuplicateHeaderMode.ALLOW_EMPTY)
          .get();

  private LabeledTextCsv() {}

  /** Which rows a row belongs to. */
  public enum Split {
    TRAIN,
    TEST
  }

  /**
   * A row of the file.
   *
   * @param line where it ends in the file, from 1
   * @param split null when the file has no such column
   */
  public record Row(LabeledText text, long line, @Nullable Split split) {}

  /**
   * Reads all rows.
   *
   * @throws TrainingException names the file, the line, and what was expected
   */
  public static List<Row> read(Path file) throws TrainingException, IOException {
    return parse(name(file), bytes(file));
  }

  static byte[] bytes(Path file) throws TrainingException, IOException {
    if (!Files.isRegularFile(file)) {
      throw new TrainingException(file + " is no file, expected a CSV file of texts and labels");
    }
    if (Files.size(file) > MAX_BYTES) {
      throw new TrainingException(name(file) + " is larger than " + (MAX_BYTES >> 20) + " MiB");
    }
    return Files.readAllBytes(file);
  }

  static String name(Path file) {
    return String.valueOf(file.getFileName());
  }

  static List<Row> parse(String name, byte[] bytes) throws TrainingException, IOException {
    // A decoder of its own: the default one would replace what is no UTF-8.
    try (var reader =
            new InputStreamReader(
                new ByteArrayInputStream(bytes), StandardCharsets.UTF_8.newDecoder());
        CSVParser parser = FORMAT.parse(reader)) {
      return rows(name, parser);
    } catch (CharacterCodingException e) {
      throw new TrainingException(name + " is not valid UTF-8", e);
    } catch (UncheckedIOException e) {
      throw new TrainingException(name + ": " + e.getMessage(), e);
    } catch (IllegalArgumentException e) {
      throw new TrainingException(name + ": its header is not valid: " + e.getMessage(), e);
    }
  }

  private static List<Row> rows(String name, CSVParser parser) throws TrainingException {
    int text = column(name, parser, "text");
    int label = column(name, parser, "label", "category");
    @Nullable Integer split = columns(parser).get("split");
    List<Row> rows = new ArrayList<>();
    for (CSVRecord record : parser) {
      long line = parser.getCurrentLineNumber();
      rows.add(
          new Row(
              new LabeledText(
                  cell(name, record, line, text, "text"), cell(name, record, line, label, "label")),
              line,
              split == null ? null : split(name, record, line, split)));
    }
    return rows;
  }

  private static int column(String name, CSVParser parser, String... names)
      throws TrainingException {
    Map<String, Integer> columns = columns(parser);
    for (String candidate : names) {
      Integer column = columns.get(candidate);
      if (column != null) {
        return column;
      }
    }
    throw new TrainingException(
        "%s has the columns %s, expected one named %s"
            .formatted(name, columns.keySet(), String.join(" or ", names)));
  }

  private static Map<String, Integer> columns(CSVParser parser) {
    Map<String, Integer> columns = new LinkedHashMap<>();
    parser
        .getHeaderMap()
        .forEach((column, index) -> columns.put(column.replace(BYTE_ORDER_MARK, ""), index));
    return columns;
  }

  private static String cell(String name, CSVRecord record, long line, int column, String expected)
      throws TrainingException {
    if (record.size() <= column) {
      throw new TrainingException(
          "%s line %d has %d columns, expected a %s in column %d"
              .formatted(name, line, record.size(), expected, column + 1));
    }
    String value = record.get(column);
    if (value.isBlank()) {
      throw new TrainingException(
          "%s line %d has a blank %s, expected a value".formatted(name, line, expected));
    }
    return value;
  }

  private static Split split(String name, CSVRecord record, long line, int column)
      throws TrainingException {
    String value = cell(name, record, line, column, "split");
    return switch (value) {
      case "train" -> Split.TRAIN;
      case "test" -> Split.TEST;
      default ->
          throw new TrainingException(
              "%s line %d has another split than expected: train or test".formatted(name, line));
    };
  }
}
