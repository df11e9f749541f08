package io.millrace.local.stack;

import io.millrace.local.terminal.CommandFailedException;
import io.millrace.models.ModelLoadException;
import io.millrace.models.ModelVersion;
import io.millrace.models.packages.LocalModelRepository;
import io.millrace.models.packages.ModelManifest.TensorSpec;
import io.millrace.models.packages.ModelPackage;
import io.millrace.schemas.avro.Datatype;
import io.millrace.training.EncoderPackage;
import io.millrace.training.SampleModel;
import io.millrace.training.TrainingException;
import io.millrace.training.TrainingProgress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The models of a repository, each in its newest version; the sample model and the embedding model
 * are made when needed.
 */
final class DeployableModels {

  private static final Set<String> MADE_HERE =
      Set.of(LocalStack.SAMPLE_MODEL, LocalStack.EMBEDDING_MODEL);

  private final Path root;
  private final LocalModelRepository repository;
  private final Map<String, ModelPackage> opened = new ConcurrentHashMap<>();

  DeployableModels(Path root) {
    this.root = root;
    repository = new LocalModelRepository(root);
  }

  /**
   * Looks at names before anything is started.
   *
   * @param wanted names of models
   * @throws CommandFailedException when one is not there and cannot be made
   */
  void requireThere(List<String> wanted) {
    Map<String, ModelVersion> newest = newest();
    wanted.stream()
        .filter(model -> !MADE_HERE.contains(model))
        .forEach(model -> newestOf(model, newest));
  }

  /**
   * Finds the newest version of each model and checks its files. The sample model is trained, and
   * the embedding model written, when it is wanted and not there.
   *
   * @param wanted names of models; none means these two and all that are there
   * @throws CommandFailedException when a model is not there
   * @throws ModelLoadException when a package is damaged; names the file
   * @throws TrainingException when the sample model cannot be trained
   */
  List<ModelVersion> prepare(List<String> wanted, StartListener listener)
      throws ModelLoadException, TrainingException, IOException {
    if (wanted.isEmpty() || wanted.contains(LocalStack.SAMPLE_MODEL)) {
      SampleModel.install(root, progress(listener));
    }
    if (wanted.isEmpty() || wanted.contains(LocalStack.EMBEDDING_MODEL)) {
      EncoderPackage.install(root);
    }
    Map<String, ModelVersion> newest = newest();
    List<ModelVersion> chosen = new ArrayList<>();
    for (String model : wanted.isEmpty() ? List.copyOf(newest.keySet()) : wanted) {
      ModelVersion version = newestOf(model, newest);
      opened.put(model, repository.open(version));
      chosen.add(version);
    }
    return chosen;
  }

  private ModelVersion newestOf(String model, Map<String, ModelVersion> newest) {
    ModelVersion version = newest.get(model);
    if (version == null) {
      throw new CommandFailedException(
          "There is no model '%s' in %s; there are %s. Train one with: millrace models train"
              .formatted(model, root, newest.keySet()));
    }
    return version;
  }

  private static TrainingProgress progress(StartListener listener) {
    return (phase, done, total) ->
        listener.progress(
            "training the sample model: " + phase.name().toLowerCase(Locale.ROOT),
            (double) done / total);
  }

  private Map<String, ModelVersion> newest() {
    // The list is ascending, so that the last one of a model stays.
    Map<String, ModelVersion> newest = new LinkedHashMap<>();
    repository.list().forEach(version -> newest.put(version.model(), version));
    return newest;
  }

  /** The name of the first BYTES input of a model that was prepared. */
  String textInput(String model) {
    ModelPackage found = opened.get(model);
    if (found == null) {
      throw new IllegalArgumentException("Model " + model + " is not deployed");
    }
    return found.manifest().inputs().stream()
        .filter(input -> input.datatype() == Datatype.BYTES)
        .map(TensorSpec::name)
        .findFirst()
        .orElseThrow(() -> new CommandFailedException("Model '" + model + "' takes no text"));
  }
}
