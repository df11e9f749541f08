package io.millrace.training;

import io.millrace.models.ModelLoadException;
import io.millrace.models.ModelVersion;
import io.millrace.models.packages.LocalModelRepository;
import io.millrace.models.packages.ModelPackage;
import io.millrace.models.packages.ModelPackageWriter.IfPresent;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The classifier of the support desk, trained on the sample data that comes with this module. */
public final class SampleModel {

  /** What it is called in a repository. */
  public static final ModelVersion VERSION = new ModelVersion("support-desk", "1.0.0");

  /** The same on the int8 encoder: a quarter of the size and about twice as fast. */
  public static final ModelVersion QUANTISED = new ModelVersion("support-desk", "1.1.0");

  private static final String RESOURCE = "sample/support-desk.csv";

  private static final long SHUFFLE_SEED = 42;

  /** Few enough to train in seconds. */
  private static final Set<String> SMALL =
      Set.of("app_crash", "cancel_order", "gift_card_balance", "refund_status", "reset_password");

  private SampleModel() {}

  /** The sample data: 30 intents, 1,050 training and 450 test rows. */
  public static TrainingData data() throws TrainingException, IOException {
    try (InputStream in = SampleModel.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new FileNotFoundException("The class path has no " + RESOURCE);
      }
      return TrainingData.of("support-desk.csv", in.readAllBytes());
    }
  }

  /**
   * Trains the model unless the repository has it.
   *
   * @return the package, verified
   * @throws TrainingException when the package that is there is damaged, or training fails
   */
  public static ModelPackage install(Path repository, TrainingProgress progress)
      throws TrainingException, IOException {
    return install(repository, VERSION, Encoder.ALL_MINILM_L6_V2, data(), null, progress);
  }

  /**
   * Trains {@link #QUANTISED}, the same model on the int8 encoder, unless the repository has it.
   *
   * @return the package, verified
   * @throws TrainingException when the package that is there is damaged, or training fails
   */
  public static ModelPackage installQuantised(Path repository, TrainingProgress progress)
      throws TrainingException, IOException {
    return install(
        repository, QUANTISED, Encoder.ALL_MINILM_L6_V2_Q, data(), VERSION.version(), progress);
  }

  /**
   * Trains a model that is meant to be bad, unless the repository has it: as {@link
   * #installQuantised}, on labels that were shuffled over the training rows. It is as fast as a
   * good one, fails as rarely, and answers by chance; for experiments with rollouts.
   *
   * @return the package, verified
   * @throws TrainingException when the package that is there is damaged, or training fails
   */
  public static ModelPackage installShuffled(
      Path repository, ModelVersion version, TrainingProgress progress)
      throws TrainingException, IOException {
    return install(
        repository,
        version,
        Encoder.ALL_MINILM_L6_V2_Q,
        data().withShuffledLabels(SHUFFLE_SEED),
        null,
        progress);
  }

  /** Trains a model of five intents on the int8 encoder, in seconds: a fixture for tests. */
  public static ModelPackage installSmall(Path repository, ModelVersion version)
      throws TrainingException, IOException {
    return new ClassifierTraining(repository, TrainingProgress.NONE)
        .train(version, Encoder.ALL_MINILM_L6_V2_Q, data().only(SMALL), IfPresent.REFUSE);
  }

  private static ModelPackage install(
      Path repository,
      ModelVersion version,
      Encoder encoder,
      TrainingData data,
      @Nullable String quantizedFrom,
      TrainingProgress progress)
      throws TrainingException, IOException {
    LocalModelRepository packages = new LocalModelRepository(repository);
    if (!packages.list().contains(version)) {
      return new ClassifierTraining(repository, progress)
          .train(version, encoder, data, quantizedFrom, IfPresent.REFUSE);
    }
    try {
      return packages.open(version);
    } catch (ModelLoadException e) {
      throw new TrainingException(String.valueOf(e.getMessage()), e);
    }
  }
}
