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

  /** Written before the failure is published. */
  private long failedAt;

  LoadAttempt(ModelVersion version, LongSupplier ticker) {
    this.version = version;
    this.ticker = ticker;
  }

  /** Loads on the calling thread. */
  void run(VersionLoader loader) {
    if (loaded.isDone()) {
      return;
    }
    LoadedVersion<?> result;
    try {
      result = loader.load(version);
    } catch (ModelLoadException e) {
      fail(e);
      return;
    } catch (Throwable e) {
      fail(new ModelLoadException(version + " could not be loaded: " + e, e));
      return;
    }
    if (!loaded.complete(result)) {
      // Closed meanwhile: nobody else knows of it.
      result.close();
      result.awaitClosed(Duration.ZERO);
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
