package io.millrace.models.runtime;

import io.millrace.models.ModelVersion;
import io.millrace.models.engine.ModelEngine;
import io.millrace.models.packages.ModelRepository;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The runtime of a process: loads versions when they are first asked for and runs items in batches
 * of like length. What it does with hanging, failing and greedy models is said at {@link
 * RuntimeOptions}.
 *
 * <p>Answers complete on worker threads. What a caller does in a dependent stage holds up the
 * worker, so a caller with more to do than hand the answer over uses the {@code Async} variants
 * with an executor of its own. A stage that throws hurts nobody but itself.
 */
public final class BatchingModelRuntime implements ModelRuntime {

  private static final int LOADERS = 4;

  private final RuntimeOptions options;
  private final LongSupplier ticker;
  private final CallWatchdog watchdog;
  private final VersionLoader loader;
  private final ThreadPoolExecutor loaderThreads;
  private final Map<ModelVersion, LoadAttempt> attempts = new ConcurrentHashMap<>();
  private volatile boolean closed;

  /** A runtime with the engines that {@link ServiceLoader} finds beside {@link ModelEngine}. */
  public BatchingModelRuntime(ModelRepository repository, RuntimeOptions options) {
    this(repository, installedEngines(), options);
  }

  /**
   * @param engines with different names
   * @throws IllegalArgumentException when two engines have one name
   */
  public BatchingModelRuntime(
      ModelRepository repository, List<ModelEngine> engines, RuntimeOptions options) {
    this(repository, engines, options, System::nanoTime);
  }

  /**
   * @param ticker nanoseconds; with a {@code minBatchDelay} it must run as the real time does
   */
  BatchingModelRuntime(
      ModelRepository repository,
      List<ModelEngine> engines,
      RuntimeOptions options,
      LongSupplier ticker) {
    this.options = options;
    this.ticker = ticker;
    this.watchdog = new CallWatchdog(options.stopGrace());
    this.loader = new VersionLoader(repository, engines, options, watchdog, ticker);
    // A load that hangs delays others only when LOADERS of them do.
    this.loaderThreads =
        new ThreadPoolExecutor(
            LOADERS,
            LOADERS,
            1,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            DaemonThreads.named("millrace-model-loader"));
    loaderThreads.allowCoreThreadTimeOut(true);
  }

  @Override
  public CompletableFuture<ServedModel> load(ModelVersion version) {
    LoadAttempt attempt = attempts.get(version);
    if (attempt == null || retryDue(attempt)) {
      attempt = startLoad(version);
    }
    return attempt.served();
  }

  @Override
  public Hold hold(ModelVersion version, ServingOptions options) {
    CompletableFuture<ServedModel> loaded = load(version);
    return new Hold() {
      @Override
      public CompletableFuture<ServedModel> loaded() {
        return loaded;
      }

      @Override
      public void close() {
        // Unloading comes with the versions' life cycle.
      }
    };
  }

  /** What each loaded version has done so far. */
  public List<RuntimeStats> stats() {
    return loadedVersions().stream().<RuntimeStats>map(LoadedVersion::stats).toList();
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      attempts.values().forEach(LoadAttempt::cancel);
    }
    loaderThreads.shutdown();
    List<LoadedVersion<?>> versions = loadedVersions();
    versions.forEach(LoadedVersion::close);
    versions.forEach(version -> version.awaitClosed(options.stopGrace()));
    watchdog.close();
  }

  private synchronized LoadAttempt startLoad(ModelVersion version) {
    // Versions that nobody has are asked for under ever new names.
    attempts.values().removeIf(this::retryDue);
    LoadAttempt current = attempts.get(version);
    if (current != null) {
      return current;
    }
    LoadAttempt attempt = new LoadAttempt(version, ticker);
    if (closed) {
      attempt.cancel();
    } else {
      attempts.put(version, attempt);
      loaderThreads.execute(() -> attempt.run(loader));
    }
    return attempt;
  }

  private boolean retryDue(LoadAttempt attempt) {
    return !closed && attempt.retryDue(options.loadRetryPause().toNanos());
  }

  private List<LoadedVersion<?>> loadedVersions() {
    return attempts.values().stream()
        .<LoadedVersion<?>>map(LoadAttempt::loadedNow)
        .filter(Objects::nonNull)
        .toList();
  }

  private static List<ModelEngine> installedEngines() {
    return ServiceLoader.load(ModelEngine.class, ModelEngine.class.getClassLoader()).stream()
        .map(ServiceLoader.Provider::get)
        .toList();
  }
}
