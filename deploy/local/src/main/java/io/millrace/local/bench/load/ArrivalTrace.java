package io.millrace.local.bench.load;

import io.millrace.local.terminal.CommandFailedException;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * Reads arrivals from a CSV whose column {@code TIMESTAMP} holds times as {@code 2023-11-16
 * 18:15:46.6805900}, ascending: the form of Azure's public traces of language models.
 */
public final class ArrivalTrace {

  private static final String COLUMN = "TIMESTAMP";
  private static final LocalDateTime BEGINNING = LocalDateTime.of(2000, 1, 1, 0, 0);
  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();

  private ArrivalTrace() {}

  /**
   * The arrivals in seconds.
   *
   * @throws CommandFailedException when the file is not of this form; says where
   */
  public static List<Double> read(Path file) {
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8);
        CSVParser parser = FORMAT.parse(reader)) {
      if (!parser.getHeaderNames().contains(COLUMN)) {
        throw new CommandFailedException(
            "%s has no column %s; its columns are %s"
                .formatted(file, COLUMN, parser.getHeaderNames()));
      }
      List<Double> seconds = new ArrayList<>();
      for (CSVRecord row : parser) {
        seconds.add(seconds(file, row));
      }
      if (seconds.size() < 2) {
        throw new CommandFailedException(file + " has fewer than two arrivals");
      }
      return List.copyOf(seconds);
    } catch (IOException | UncheckedIOException e) {
      throw new CommandFailedException("Cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  private static double seconds(Path file, CSVRecord row) {
    try {
      LocalDateTime time = LocalDateTime.parse(row.get(COLUMN).replace(' ', 'T'));
      return ChronoUnit.MICROS.between(BEGINNING, time) / 1e6;
    } catch (DateTimeParseException | IllegalArgumentException e) {
      throw new CommandFailedException(
          "%s: row %d: expected a time as 2023-11-16 18:15:46.68"
              .formatted(file, row.getRecordNumber()),
          e);
    }
  }
}
