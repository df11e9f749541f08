package io.millrace.models.runtime;

import io.millrace.models.ModelVersion;
import io.millrace.models.engine.ModelEngine;
import io.millrace.models.packages.ModelRepository;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The runtime of a process: loads versions when they are first asked for, runs items in batches of
 * like length, and frees versions that nobody holds when they are idle. What it does with hanging,
 * failing and greedy models is said at {@link RuntimeOptions}.
 *
 * <p>Answers complete on worker threads. What a caller does in a dependent stage holds up the
 * worker, so a caller with more to do than hand the answer over uses the {@code Async} variants
 * with an executor of its own. A stage that throws hurts nobody but itself.
 */
public final class BatchingModelRuntime implements ModelRuntime {

  private static final Logger LOG = LoggerFactory.getLogger(BatchingModelRuntime.class);
  private static final int LOADERS = 4;
  private static final Duration MIN_UNLOAD_INTERVAL = Duration.ofMillis(10);
  private static final Duration MAX_UNLOAD_INTERVAL = Duration.ofSeconds(1);

  private final RuntimeOptions options;
  private final LongSupplier ticker;
  private final CallWatchdog watchdog;
  private final CallCosts callCosts = new CallCosts();
  private final VersionLoader loader;
  private final ThreadPoolExecutor loaderThreads;
  private final Map<ModelVersion, LoadAttempt> attempts = new ConcurrentHashMap<>();
  private final ScheduledThreadPoolExecutor unloader;

  /** Guarded by this. */
  private final VersionHolds holds = new VersionHolds();

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
    this.loader = new VersionLoader(repository, engines, options, watchdog, ticker, callCosts);
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
    this.unloader =
        new ScheduledThreadPoolExecutor(1, DaemonThreads.named("millrace-model-unloader"));
    startUnloader();
  }

  @Override
  public CompletableFuture<ServedModel> load(ModelVersion version) {
    LoadAttempt attempt = attempts.get(version);
    if (attempt == null || retryDue(attempt)) {
      attempt = startLoad(version);
    }
    attempt.touch();
    return attempt.served();
  }

  @Override
  public Hold hold(ModelVersion version, ServingOptions serving) {
    VersionHolds.Open hold = new VersionHolds.Open(version, serving);
    // One step for whoever unloads: a version that it finds here is loaded and held, or neither.
    synchronized (this) {
      holds.add(hold);
      CompletableFuture<ServedModel> loaded = load(version);
      serve(version);
      return new OpenHold(hold, loaded);
    }
  }

  @Override
  public Optional<CallCost> callCost(ModelVersion version) {
    return callCosts.cost(version);
  }

  @Override
  public Optional<CallCost> sourceCost(ModelVersion version) {
    return callCosts.sourceCost(version);
  }

  /** What each loaded version has done so far. */
  public List<RuntimeStats> stats() {
    return loadedVersions().stream().<RuntimeStats>map(LoadedVersion::stats).toList();
  }

  /** Frees versions that nobody holds and that have had nothing to do for long enough. */
  void unloadIdle() {
    List<LoadedVersion<?>> idle = new ArrayList<>();
    synchronized (this) {
      attempts
          .entrySet()
          .removeIf(
              entry -> {
                LoadedVersion<?> version = entry.getValue().loadedNow();
                boolean ends =
                    version != null
                        && !holds.held(entry.getKey())
                        && version.endIfIdle(options.unloadAfter());
                return ends && idle.add(version);
              });
    }
    for (LoadedVersion<?> version : idle) {
      version.close();
      version.awaitClosed(options.stopGrace());
      LOG.info("{} is unloaded", version.version());
    }
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      attempts.values().forEach(LoadAttempt::cancel);
    }
    unloader.shutdownNow();
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
    LoadAttempt attempt = new LoadAttempt(version, holds.serving(version), ticker);
    if (closed) {
      attempt.cancel();
    } else {
      attempts.put(version, attempt);
      loaderThreads.execute(() -> attempt.run(loader, this::load));
    }
    return attempt;
  }

  /** Lets a version go by the holds as they are now. */
  private synchronized void serve(ModelVersion version) {
    LoadAttempt attempt = attempts.get(version);
    if (attempt != null) {
      attempt.follow(holds.serving(version));
      attempt.touch();
    }
  }

  private synchronized void release(VersionHolds.Open hold) {
    if (holds.remove(hold)) {
      serve(hold.version());
    }
  }

  private void startUnloader() {
    long millis =
        Math.min(
            MAX_UNLOAD_INTERVAL.toMillis(),
            Math.max(MIN_UNLOAD_INTERVAL.toMillis(), options.unloadAfter().toMillis() / 4));
    Future<?> unused =
        unloader.scheduleWithFixedDelay(
            this::unloadIdleSafely, millis, millis, TimeUnit.MILLISECONDS);
  }

  private void unloadIdleSafely() {
    try {
      unloadIdle();
    } catch (RuntimeException | Error e) {
      LOG.error("Idle versions could not be unloaded", e);
    }
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

  private final class OpenHold implements Hold {

    private final VersionHolds.Open hold;
    private final CompletableFuture<ServedModel> loaded;

    OpenHold(VersionHolds.Open hold, CompletableFuture<ServedModel> loaded) {
      this.hold = hold;
      this.loaded = loaded;
    }

    @Override
    public CompletableFuture<ServedModel> loaded() {
      return loaded;
    }

    @Override
    public void close() {
      release(hold);
    }
  }
}
