package io.millrace.models.runtime;

import io.millrace.models.ModelLoadException;
import io.millrace.models.ModelVersion;
import io.millrace.models.runtime.ModelRuntime.ServedModel;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One load of a version, shared by all who want it: running, done, failed or closed. */
final class LoadAttempt {

  private static final Logger LOG = LoggerFactory.getLogger(LoadAttempt.class);

  private final ModelVersion version;
  private final LongSupplier ticker;
  private final CompletableFuture<LoadedVersion<?>> loaded = new CompletableFuture<>();

  /** What a deployment says; guarded by this. */
  private ServingOptions serving;

  /** Set before it is published; guarded by this. */
  private @Nullable LoadedVersion<?> result;

  /** Written before the failure is published. */
  private long failedAt;

  LoadAttempt(ModelVersion version, ServingOptions serving, LongSupplier ticker) {
    this.version = version;
    this.serving = serving;
    this.ticker = ticker;
  }

  /** Loads on the calling thread. */
  void run(VersionLoader loader, LoadedVersion.Reloader reloader) {
    if (loaded.isDone()) {
      return;
    }
    LoadedVersion<?> version;
    try {
      version = loader.load(this.version, reloader);
    } catch (ModelLoadException e) {
      fail(e);
      return;
    } catch (Throwable e) {
      fail(new ModelLoadException(this.version + " could not be loaded: " + e, e));
      return;
    }
    synchronized (this) {
      result = version;
      version.follow(serving);
    }
    if (!loaded.complete(version)) {
      // Closed meanwhile: nobody else knows of it.
      version.close();
      version.awaitClosed(Duration.ZERO);
    }
  }

  /** Lets the version go by what a deployment says, now or as soon as it is loaded. */
  synchronized void follow(ServingOptions newServing) {
    serving = newServing;
    if (result != null) {
      result.follow(newServing);
    }
  }

  /** Someone wants the version: its idle time counts from now. */
  void touch() {
    LoadedVersion<?> version = loadedNow();
    if (version != null) {
      version.touch();
    }
  }

  /** Whether the load failed longer than the pause ago. */
  boolean retryDue(long pauseNanos) {
    return loaded.isCompletedExceptionally() && ticker.getAsLong() - failedAt >= pauseNanos;
  }

  /** A future of the caller's own, so that cancelling it ends no one else's wait. */
  CompletableFuture<ServedModel> served() {
    CompletableFuture<ServedModel> served = new CompletableFuture<>();
    CompletableFuture<?> unused =
        loaded.whenComplete(
            (version, failure) -> {
              if (failure == null) {
                served.complete(version);
              } else {
                served.completeExceptionally(failure);
              }
            });
    return served;
  }

  /** The version when it is loaded, else null. */
  @Nullable LoadedVersion<?> loadedNow() {
    return loaded.isDone() && !loaded.isCompletedExceptionally() ? loaded.join() : null;
  }

  /** Ends the wait for a load that is not done; what it loads is freed at once. */
  void cancel() {
    loaded.completeExceptionally(new CancellationException("The model runtime has been closed"));
  }

  private void fail(ModelLoadException failure) {
    LOG.warn("{} could not be loaded", version, failure);
    failedAt = ticker.getAsLong();
    loaded.completeExceptionally(failure);
  }
}
