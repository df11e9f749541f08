package io.millrace.models.runtime;

import io.millrace.models.Model;
import io.millrace.models.ModelLoadException;
import io.millrace.models.ModelVersion;
import io.millrace.models.engine.ModelEngine;
import io.millrace.models.packages.ModelManifest.BatchingHints;
import io.millrace.models.packages.ModelPackage;
import io.millrace.models.packages.ModelRepository;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/** Makes a version of a repository ready for items. */
final class VersionLoader {

  private final ModelRepository repository;
  private final Map<String, ModelEngine> engines = new TreeMap<>();
  private final RuntimeOptions options;
  private final CallWatchdog watchdog;
  private final LongSupplier ticker;

  VersionLoader(
      ModelRepository repository,
      List<ModelEngine> engines,
      RuntimeOptions options,
      CallWatchdog watchdog,
      LongSupplier ticker) {
    this.repository = repository;
    this.options = options;
    this.watchdog = watchdog;
    this.ticker = ticker;
    for (ModelEngine engine : engines) {
      if (this.engines.putIfAbsent(engine.name(), engine) != null) {
        throw new IllegalArgumentException("Two model engines are named " + engine.name());
      }
    }
  }

  /**
   * @param reloader loads a version again that was unloaded
   */
  LoadedVersion<?> load(ModelVersion version, LoadedVersion.Reloader reloader)
      throws ModelLoadException {
    ModelPackage modelPackage = repository.open(version);
    BatchPolicy policy = policy(version, modelPackage.manifest().batching());
    String name = modelPackage.manifest().engine();
    ModelEngine engine = engines.get(name);
    if (engine == null) {
      throw new ModelLoadException(
          "%s wants the engine '%s', expected one of %s"
              .formatted(version, name, engines.keySet()));
    }
    return start(version, engine.load(modelPackage), policy, reloader);
  }

  private BatchPolicy policy(ModelVersion version, BatchingHints hints) throws ModelLoadException {
    try {
      return BatchPolicy.of(hints, options);
    } catch (IllegalArgumentException e) {
      throw new ModelLoadException(
          "%s has unusable batching hints: %s".formatted(version, e.getMessage()), e);
    }
  }

  private LoadedVersion<?> start(
      ModelVersion version, Model<?> model, BatchPolicy policy, LoadedVersion.Reloader reloader) {
    return LoadedVersion.start(version, model, policy, options, watchdog, ticker, reloader);
  }
}
