package io.millrace.training;

import io.millrace.models.Answer;
import io.millrace.models.Model;
import io.millrace.models.ModelLoadException;
import io.millrace.models.ModelVersion;
import io.millrace.models.onnx.OnnxRuntimeEngine;
import io.millrace.models.packages.ModelManifest;
import io.millrace.models.packages.ModelManifest.TrainingReference;
import io.millrace.models.packages.ModelPackage;
import io.millrace.models.packages.ModelPackageWriter;
import io.millrace.models.packages.ModelPackageWriter.IfPresent;
import io.millrace.models.packages.PackageDraft;
import io.millrace.registry.profile.ProfileFile;
import io.millrace.schemas.InvalidTensorException;
import io.millrace.schemas.Tensors;
import io.millrace.statistics.profile.ReferenceProfile;
import io.millrace.training.TrainingProgress.Phase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Builds classifier packages: a frozen encoder, a logistic head trained on its vectors, metrics on
 * held-out rows that went through the finished ONNX pipeline, and the reference profile for drift.
 * The same encoder and data give the same package, byte for byte.
 */
public final class ClassifierTraining {

  private final ModelPackageWriter writer;
  private final TrainingProgress progress;
  private final OnnxRuntimeEngine engine = new OnnxRuntimeEngine();

  /**
   * @param repository where packages go; created when it is not there
   */
  public ClassifierTraining(Path repository, TrainingProgress progress) {
    writer = new ModelPackageWriter(repository);
    this.progress = progress;
  }

  /**
   * Trains a classifier and adds its package to the repository.
   *
   * @throws TrainingException when the model does not run
   * @throws IOException when the version is there already and must not be replaced, or the disk
   *     fails
   */
  public ModelPackage train(
      ModelVersion version, Encoder encoder, TrainingData data, IfPresent ifPresent)
      throws TrainingException, IOException {
    return train(version, encoder, data, null, ifPresent);
  }

  /**
   * Trains a classifier that is a quantised form of another version.
   *
   * @param quantizedFrom that version of the same model; null when it is no such form
   * @throws TrainingException when the model does not run
   * @throws IOException when the version is there already and must not be replaced, or the disk
   *     fails
   */
  public ModelPackage train(
      ModelVersion version,
      Encoder encoder,
      TrainingData data,
      @Nullable String quantizedFrom,
      IfPresent ifPresent)
      throws TrainingException, IOException {
    try (PackageDraft draft = writer.draft(version, ifPresent)) {
      TextPackages.copyEncoder(encoder, draft);
      List<Answer> embedded =
          run(draft, TextPackages.embedding(version), data.train(), Phase.EMBEDDING);
      HeadTrainer.Head head = trainHead(embedded, data.train());
      Files.write(draft.file(OnnxRuntimeEngine.HEAD_FILE), head.onnx().toByteArray());
      TrainingReference reference =
          new TrainingReference(encoder.id(), data.name(), data.sha256(), data.train().size());
      ModelManifest manifest = TextPackages.classification(version, head.labels(), null, reference);
      List<Answer> answered = run(draft, manifest, data.heldOut(), Phase.EVALUATING);
      Evaluation evaluation = Evaluation.of(head.labels(), data.heldOut(), answered);
      ReferenceProfile profile =
          FeatureSamples.profile(manifest.effectiveFeatures(), answered)
              .calibrated(evaluation.calibration(), evaluation.baseline().accuracy());
      ProfileFile.write(profile, draft.file(ProfileFile.NAME));
      return draft.publish(
          TextPackages.classification(version, head.labels(), evaluation.baseline(), reference)
              .withQuantizedFrom(quantizedFrom));
    } catch (ModelLoadException | InvalidTensorException e) {
      throw new TrainingException("The model that was built does not work: " + e.getMessage(), e);
    }
  }

  private List<Answer> run(
      PackageDraft draft, ModelManifest manifest, List<LabeledText> rows, Phase phase)
      throws ModelLoadException, TrainingException {
    BatchRunner runner =
        new BatchRunner(manifest.batching(), done -> progress.at(phase, done, rows.size()));
    try (Model<?> model = engine.load(draft.preview(manifest))) {
      return runner.run(model, rows.stream().map(LabeledText::text).toList());
    }
  }

  private HeadTrainer.Head trainHead(List<Answer> embedded, List<LabeledText> rows)
      throws InvalidTensorException {
    List<float[]> vectors = new ArrayList<>(embedded.size());
    for (Answer answer : embedded) {
      vectors.add(Tensors.floats(answer.outputs().get(0)));
    }
    return HeadTrainer.train(
        vectors,
        rows.stream().map(LabeledText::label).toList(),
        (done, total) -> progress.at(Phase.TRAINING, done, total));
  }
}
