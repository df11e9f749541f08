package io.millrace.evaluation;

import io.millrace.models.ModelVersion;
import io.millrace.models.packages.ModelPackageWriter.IfPresent;
import io.millrace.training.ClassifierTraining;
import io.millrace.training.Encoder;
import io.millrace.training.LabeledText;
import io.millrace.training.SampleModel;
import io.millrace.training.TrainingData;
import io.millrace.training.TrainingProgress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Three versions of a small sample model: in floats, quantised, and one that learnt nothing. */
public final class SampleVersions {

  public static final String MODEL = "support-desk";
  public static final String FP32 = "1.0.0";
  public static final String INT8 = "1.1.0";
  public static final String SHUFFLED = "1.2.0";

  private static final Set<String> LABELS =
      Set.of("app_crash", "cancel_order", "gift_card_balance", "refund_status", "reset_password");

  private SampleVersions() {}

  public static void train(Path repository) throws Exception {
    ClassifierTraining training = new ClassifierTraining(repository, TrainingProgress.NONE);
    training.train(version(FP32), Encoder.ALL_MINILM_L6_V2, data(), IfPresent.REFUSE);
    training.train(version(INT8), Encoder.ALL_MINILM_L6_V2_Q, data(), IfPresent.REFUSE);
    training.train(
        version(SHUFFLED), Encoder.ALL_MINILM_L6_V2_Q, shuffled(data()), IfPresent.REFUSE);
  }

  /** The held-out rows. */
  public static List<LabelledRow> rows() throws Exception {
    return data().heldOut().stream()
        .map(row -> LabelledRow.ofText(row.text(), row.label()))
        .toList();
  }

  private static TrainingData data() throws Exception {
    return SampleModel.data().only(LABELS);
  }

  private static TrainingData shuffled(TrainingData data) {
    List<String> labels = new ArrayList<>(data.train().stream().map(LabeledText::label).toList());
    Collections.shuffle(labels, new Random(1));
    List<LabeledText> rows = new ArrayList<>();
    for (int i = 0; i < labels.size(); i++) {
      rows.add(new LabeledText(data.train().get(i).text(), labels.get(i)));
    }
    return new TrainingData(data.name(), data.sha256(), rows, data.heldOut());
  }

  private static ModelVersion version(String version) {
    return new ModelVersion(MODEL, version);
  }
}
