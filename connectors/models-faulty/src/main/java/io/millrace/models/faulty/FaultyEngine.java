package io.millrace.models.faulty;

import io.millrace.models.Model;
import io.millrace.models.ModelLoadException;
import io.millrace.models.PreparedItem;
import io.millrace.models.engine.ModelEngine;
import io.millrace.models.packages.ModelPackage;
import java.io.IOException;
import java.util.List;
import java.util.ServiceLoader;
import java.util.function.Supplier;

/** Loads a package through the engine that its {@code faults.yaml} names, and adds the faults. */
public final class FaultyEngine implements ModelEngine {

  /** What {@code model.yaml} says under {@code engine}. */
  public static final String NAME = "faulty";

  private final Supplier<List<ModelEngine>> engines;

  /** Finds the real engines as the runtime does. */
  public FaultyEngine() {
    this.engines = FaultyEngine::installed;
  }

  /**
   * @param engines among which the real one is
   */
  public FaultyEngine(List<ModelEngine> engines) {
    this.engines = () -> engines;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Model<?> load(ModelPackage modelPackage) throws ModelLoadException {
    Faults faults = faults(modelPackage);
    ModelEngine delegate = engine(modelPackage, faults.delegate());
    return faulty(
        delegate.load(
            new ModelPackage(
                modelPackage.directory(),
                FaultyPackages.manifest(
                    modelPackage.manifest(), modelPackage.manifest().id(), delegate.name()))),
        faults);
  }

  private static Faults faults(ModelPackage modelPackage) throws ModelLoadException {
    try {
      return FaultsFile.read(modelPackage.file(FaultsFile.NAME));
    } catch (IOException e) {
      throw new ModelLoadException(
          "Model %s: %s: %s"
              .formatted(modelPackage.manifest().id(), FaultsFile.NAME, e.getMessage()),
          e);
    }
  }

  private ModelEngine engine(ModelPackage modelPackage, String name) throws ModelLoadException {
    for (ModelEngine engine : engines.get()) {
      if (engine.name().equals(name)) {
        return engine;
      }
    }
    throw new ModelLoadException(
        "Model %s: %s: key 'delegate' names the engine '%s', which there is not"
            .formatted(modelPackage.manifest().id(), FaultsFile.NAME, name));
  }

  private static List<ModelEngine> installed() {
    return ServiceLoader.load(ModelEngine.class, ModelEngine.class.getClassLoader()).stream()
        .map(ServiceLoader.Provider::get)
        .toList();
  }

  private static <I extends PreparedItem> Model<?> faulty(Model<I> model, Faults faults) {
    return new FaultyModel<>(model, faults);
  }
}
