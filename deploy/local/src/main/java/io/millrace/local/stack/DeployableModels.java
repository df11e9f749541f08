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
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The models of a repository, each in the version that is wanted or else its newest; the sample
 * model and the embedding model are made when needed.
 */
public final class DeployableModels {

  private static final Set<String> MADE_HERE =
      Set.of(LocalStack.SAMPLE_MODEL, LocalStack.EMBEDDING_MODEL);

  private final Path root;
  private final LocalModelRepository repository;
  private final Map<String, ModelPackage> opened = new ConcurrentHashMap<>();

  public DeployableModels(Path root) {
    this.root = root;
    repository = new LocalModelRepository(root);
  }

  /**
   * A model that someone wants.
   *
   * @param version null for the newest
   */
  private record Wanted(String model, @Nullable String version) {

    /** Of {@code model} or {@code model@version}. */
    static Wanted of(String text) {
      int at = text.indexOf('@');
      return at < 0
          ? new Wanted(text, null)
          : new Wanted(text.substring(0, at), text.substring(at + 1));
    }
  }

  /**
   * Looks at names before anything is started.
   *
   * @param wanted names of models, each perhaps with {@code @version}
   * @throws CommandFailedException when one is not there and cannot be made
   */
  public void requireThere(List<String> wanted) {
    var unused =
        existing(
            wanted.stream().filter(name -> !MADE_HERE.contains(Wanted.of(name).model())).toList());
  }

  /**
   * Finds the version of each model, and makes none.
   *
   * @param wanted names of models, each perhaps with {@code @version}
   * @throws CommandFailedException when one is not there
   */
  List<ModelVersion> existing(List<String> wanted) {
    List<ModelVersion> there = repository.list();
    return wanted.stream().map(Wanted::of).map(model -> find(model, there)).toList();
  }

  /**
   * Finds the version of each model and checks its files. The sample model is trained, and the
   * embedding model written, when it is wanted and not there.
   *
   * @param wanted names of models, each perhaps with {@code @version}; none means these two and all
   *     that are there
   * @throws CommandFailedException when a model is not there
   * @throws ModelLoadException when a package is damaged; names the file
   * @throws TrainingException when the sample model cannot be trained
   */
  public List<ModelVersion> prepare(List<String> wanted, StartListener listener)
      throws ModelLoadException, TrainingException, IOException {
    List<Wanted> named = wanted.stream().map(Wanted::of).toList();
    List<ModelVersion> before = repository.list();
    if (needs(named, before, LocalStack.SAMPLE_MODEL)) {
      SampleModel.install(root, progress(listener));
    }
    if (needs(named, before, LocalStack.EMBEDDING_MODEL)) {
      EncoderPackage.install(root);
    }
    List<ModelVersion> there = repository.list();
    List<Wanted> all =
        named.isEmpty()
            ? there.stream().map(ModelVersion::model).distinct().map(Wanted::of).toList()
            : named;
    List<ModelVersion> chosen = new ArrayList<>();
    for (Wanted model : all) {
      ModelVersion version = find(model, there);
      opened.put(version.model(), repository.open(version));
      chosen.add(version);
    }
    return chosen;
  }

  /** A version that is there by its name is no reason to make another one. */
  private static boolean needs(List<Wanted> named, List<ModelVersion> there, String model) {
    return named.isEmpty()
        || named.stream()
            .filter(wanted -> wanted.model().equals(model))
            .anyMatch(
                wanted ->
                    wanted.version() == null
                        || !there.contains(new ModelVersion(model, wanted.version())));
  }

  /**
   * The name of the first input of a version.
   *
   * @throws CommandFailedException when the package is damaged; names the file
   */
  public static String firstInput(Path repository, ModelVersion version) {
    try {
      return new LocalModelRepository(repository).open(version).manifest().inputs().get(0).name();
    } catch (ModelLoadException e) {
      throw new CommandFailedException(String.valueOf(e.getMessage()), e);
    }
  }

  /** The last of those that fit: the list is ascending. */
  private ModelVersion find(Wanted wanted, List<ModelVersion> there) {
    return there.stream()
        .filter(version -> version.model().equals(wanted.model()))
        .filter(version -> wanted.version() == null || version.version().equals(wanted.version()))
        .reduce((first, second) -> second)
        .orElseThrow(
            () ->
                new CommandFailedException(
                    "There is no model '%s'%s in %s; there are %s. Train one with: millrace models"
                            .formatted(
                                wanted.model(),
                                wanted.version() == null ? "" : " " + wanted.version(),
                                root,
                                there)
                        + " train"));
  }

  private static TrainingProgress progress(StartListener listener) {
    return (phase, done, total) ->
        listener.progress(
            "training the sample model: " + phase.name().toLowerCase(Locale.ROOT),
            (double) done / total);
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
