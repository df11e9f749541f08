package io.millrace.models.runtime;

import io.millrace.models.Model;
import io.millrace.models.ModelLoadException;
import io.millrace.models.ModelVersion;
import io.millrace.models.engine.ModelEngine;
import io.millrace.models.packages.ModelDevice;
import io.millrace.models.packages.ModelManifest.BatchingHints;
import io.millrace.models.packages.ModelPackage;
import io.millrace.models.packages.ModelRepository;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.function.LongSupplier;

/** Makes a version of a repository ready for items. */
final class VersionLoader {

  private final ModelRepository repository;
  private final Map<String, ModelEngine> engines = new TreeMap<>();
  private final BackgroundThreads background = new BackgroundThreads("millrace-model-load");
  private final RuntimeOptions options;
  private final CallWatchdog watchdog;
  private final LongSupplier ticker;
  private final CallCosts callCosts;

  VersionLoader(
      ModelRepository repository,
      List<ModelEngine> engines,
      RuntimeOptions options,
      CallWatchdog watchdog,
      LongSupplier ticker,
      CallCosts callCosts) {
    this.repository = repository;
    this.options = options;
    this.watchdog = watchdog;
    this.ticker = ticker;
    this.callCosts = callCosts;
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
    ModelPackage modelPackage = inBackground(version, () -> repository.open(version));
    BatchPolicy policy = policy(version, modelPackage.manifest().batching());
    String name = modelPackage.manifest().engine();
    ModelEngine engine = engines.get(name);
    if (engine == null) {
      throw new ModelLoadException(
          "%s wants the engine '%s', expected one of %s"
              .formatted(version, name, engines.keySet()));
    }
    // A driver may start threads of its own as a model comes to its device; they would be nice too.
    Model<?> model =
        ModelDevice.of(modelPackage.manifest().device()).isCpu()
            ? inBackground(version, () -> engine.load(modelPackage))
            : engine.load(modelPackage);
    String source = modelPackage.manifest().quantizedFrom();
    if (source != null) {
      callCosts.quantised(version, new ModelVersion(version.model(), source));
    }
    return start(version, model, policy, reloader);
  }

  /** Does a part of a load without holding up the versions that answer. */
  private <T> T inBackground(ModelVersion version, Callable<T> part) throws ModelLoadException {
    try {
      return background.call(part);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof ModelLoadException known) {
        throw known;
      }
      throw new ModelLoadException(version + " could not be loaded: " + e.getCause(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ModelLoadException(version + " could not be loaded: interrupted", e);
    }
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
    return LoadedVersion.start(
        version, model, policy, options, watchdog, ticker, callCosts.fit(version), reloader);
  }
}
