package io.millrace.local.evaluation;

import io.millrace.evaluation.LabelledData;
import io.millrace.evaluation.LabelledRow;
import io.millrace.local.terminal.CommandFailedException;
import io.millrace.models.packages.Sha256;
import io.millrace.training.LabeledText;
import io.millrace.training.LabeledTextCsv;
import io.millrace.training.LabeledTextCsv.Row;
import io.millrace.training.LabeledTextCsv.Split;
import io.millrace.training.SampleModel;
import io.millrace.training.TrainingData;
import io.millrace.training.TrainingException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows that versions are measured on. */
final class TestRows {

  private TestRows() {}

  /**
   * Reads them.
   *
   * @param file of a CSV with the columns text and label or category; of one with the column split
   *     the rows of the split test. Null for the held-out rows of the sample data, which fit the
   *     sample model alone
   * @throws CommandFailedException when they cannot be read; says where and why
   */
  static LabelledData read(String model, @Nullable Path file) throws IOException {
    try {
      return file == null ? sample(model) : of(file);
    } catch (TrainingException e) {
      throw new CommandFailedException(String.valueOf(e.getMessage()), e);
    }
  }

  private static LabelledData sample(String model) throws TrainingException, IOException {
    if (!model.equals(SampleModel.VERSION.model())) {
      throw new CommandFailedException(
          "There is no labelled data for %s: name a CSV with the columns text and label with --data"
              .formatted(model));
    }
    TrainingData data = SampleModel.data();
    return new LabelledData(data.name(), data.sha256(), rows(data.heldOut()));
  }

  private static LabelledData of(Path file) throws TrainingException, IOException {
    List<LabeledText> texts =
        LabeledTextCsv.read(file).stream()
            .filter(row -> row.split() != Split.TRAIN)
            .map(Row::text)
            .toList();
    if (texts.isEmpty()) {
      throw new CommandFailedException(
          file
              + " has no rows to measure with, expected at least one that is not of the split train");
    }
    return new LabelledData(String.valueOf(file.getFileName()), Sha256.of(file), rows(texts));
  }

  private static List<LabelledRow> rows(List<LabeledText> texts) {
    return texts.stream().map(row -> LabelledRow.ofText(row.text(), row.label())).toList();
  }
}
