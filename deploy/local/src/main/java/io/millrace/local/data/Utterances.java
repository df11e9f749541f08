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
  private static final String SHIFTED = "/io/millrace/training/sample/support-desk-shift.csv";

  private Utterances() {}

  /** The rows of a file; of the sample data for null. */
  public static List<Utterance> read(@Nullable Path file) {
    return file == null ? resource(SAMPLE) : CsvData.read(file);
  }

  /** Rows of the same desk after its customers have become others. */
  public static List<Utterance> shifted() {
    return resource(SHIFTED);
  }

  private static List<Utterance> resource(String name) {
    try (InputStream in = Utterances.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("The sample data is missing from the class path: " + name);
      }
      return CsvData.read(new InputStreamReader(in, StandardCharsets.UTF_8), "the sample data");
    } catch (IOException e) {
      throw new CommandFailedException("Cannot read the sample data: " + e.getMessage(), e);
    }
  }
}
