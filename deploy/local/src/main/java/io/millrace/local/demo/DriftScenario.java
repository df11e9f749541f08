package io.millrace.local.demo;

import io.millrace.local.data.Utterance;
import io.millrace.local.data.Utterances;
import io.millrace.local.terminal.CommandFailedException;
import io.millrace.models.ModelLoadException;
import io.millrace.models.ModelVersion;
import io.millrace.models.packages.LocalModelRepository;
import io.millrace.models.packages.ModelManifest.TrainingReference;
import io.millrace.models.packages.ModelPackageWriter.IfPresent;
import io.millrace.statistics.evaluation.OutputDrift;
import io.millrace.training.ClassifierTraining;
import io.millrace.training.Encoder;
import io.millrace.training.LabeledText;
import io.millrace.training.SampleModel;
import io.millrace.training.TrainingData;
import io.millrace.training.TrainingException;
import io.millrace.training.TrainingProgress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A model, requests like those that it was measured on, and others.
 *
 * @param repository where the model is, and nothing else
 * @param before rows that the model was not trained on, of the same origin as those that it was
 * @param after what comes when the traffic shifts
 * @param shift what it is, for people
 */
record DriftScenario(
    Path repository,
    ModelVersion version,
    List<Utterance> before,
    List<Utterance> after,
    String shift) {

  private static final ModelVersion OF_DATA = new ModelVersion("drift-demo", "1.0.0");

  /** From which distance on texts are called longer or shorter: twice what is called a drift. */
  private static final double OTHER_LENGTH = 0.2;

  DriftScenario {
    before = List.copyOf(before);
    after = List.copyOf(after);
  }

  /** The sample model, and the same desk with a travel company's customers, who write more. */
  static DriftScenario sample(Path models, TrainingProgress progress)
      throws TrainingException, IOException {
    Path repository = models.resolve("sample");
    var unused = SampleModel.install(repository, progress);
    return new DriftScenario(
        repository,
        SampleModel.VERSION,
        heldOut(SampleModel.data()),
        Utterances.shifted(),
        "longer messages, of a travel company's customers");
  }

  /** A model of a file's rows, and the rows of another file. */
  static DriftScenario ofFiles(Path models, Path data, Path shift, TrainingProgress progress)
      throws TrainingException, IOException {
    Path repository = models.resolve("of-data");
    List<Utterance> after = Utterances.read(shift);
    TrainingData rows = TrainingData.read(data, null);
    if (!rows.sha256().equals(trainedOn(repository))) {
      var unused =
          new ClassifierTraining(repository, progress)
              .train(OF_DATA, Encoder.ALL_MINILM_L6_V2, rows, IfPresent.REPLACE);
    }
    return new DriftScenario(
        repository, OF_DATA, heldOut(rows), after, "the rows of " + shift.getFileName());
  }

  private static @Nullable String trainedOn(Path repository) {
    LocalModelRepository packages = new LocalModelRepository(repository);
    if (!packages.list().contains(OF_DATA)) {
      return null;
    }
    try {
      TrainingReference training = packages.open(OF_DATA).manifest().training();
      return training == null ? null : training.dataSha256();
    } catch (ModelLoadException e) {
      throw new CommandFailedException(String.valueOf(e.getMessage()), e);
    }
  }

  private static List<Utterance> heldOut(TrainingData data) {
    return data.heldOut().stream()
        .map((LabeledText row) -> new Utterance(row.text(), row.label(), true))
        .toList();
  }

  /**
   * The features that must be called a drift: what the texts are about, so the encoder's vectors
   * and the labels, and how sure the model is; and the length, where the texts' is another.
   */
  List<String> expectedFeatures() {
    List<String> expected = new ArrayList<>(List.of("confidence", "embedding", "entropy", "label"));
    if (OutputDrift.ofNumbers(characters(before), characters(after)).jensenShannon()
        >= OTHER_LENGTH) {
      expected.add(0, "character_count");
      expected.add("token_count");
    }
    return expected;
  }

  private static double[] characters(List<Utterance> rows) {
    return rows.stream()
        .mapToDouble(row -> row.text().codePointCount(0, row.text().length()))
        .toArray();
  }
}
