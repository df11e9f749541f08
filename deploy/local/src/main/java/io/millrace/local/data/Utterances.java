package io.millrace.local.data;

import io.millrace.local.terminal.CommandFailedException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows that the demo sends. */
public final class Utterances {

  private static final String SAMPLE = "/io/millrace/training/sample/support-desk.csv";

  private Utterances() {}

  /** The rows of a file; of the sample data for null. */
  public static List<Utterance> read(@Nullable Path file) {
    return file == null ? sample() : CsvData.read(file);
  }

  private static List<Utterance> sample() {
    try (InputStream in = Utterances.class.getResourceAsStream(SAMPLE)) {
      if (in == null) {
        throw new IllegalStateException("The sample data is missing from the class path");
      }
      return CsvData.read(new InputStreamReader(in, StandardCharsets.UTF_8), "the sample data");
    } catch (IOException e) {
      throw new CommandFailedException("Cannot read the sample data: " + e.getMessage(), e);
    }
  }
}
