package io.millrace.models.runtime;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * One runtime a process for all who configure it alike, in a static field: the tasks of one Flink
 * task manager share nothing but the process, and batches must form across all of them over one
 * copy of each model. On a cluster this class must come from Flink's {@code lib/}, else each job
 * has its own.
 *
 * <p>A runtime that nobody holds is kept for a minute: a job that restarts after a failure releases
 * and acquires it within seconds and finds its models warm.
 */
public final class SharedModelRuntime {

  private static final long LINGER_SECONDS = 60;

  private static final LeaseTable<Key, BatchingModelRuntime> RUNTIMES =
      new LeaseTable<>(CompletableFuture.delayedExecutor(LINGER_SECONDS, TimeUnit.SECONDS));

  private SharedModelRuntime() {}

  /**
   * What runtimes must have in common to be one.
   *
   * @param repository the root of the model repository; made absolute
   */
  public record Key(Path repository, RuntimeOptions options) {
    public Key {
      repository = repository.toAbsolutePath().normalize();
    }
  }

  /** One user's hold on the runtime. Closing it twice is closing it once. */
  public static final class Lease implements AutoCloseable {

    private final LeaseTable<Key, BatchingModelRuntime>.Lease lease;

    private Lease(LeaseTable<Key, BatchingModelRuntime>.Lease lease) {
      this.lease = lease;
    }

    /** The runtime, open until the lease is closed. Do not close it: others use it. */
    public BatchingModelRuntime runtime() {
      return lease.resource();
    }

    @Override
    public void close() {
      lease.close();
    }
  }

  /**
   * A hold on the runtime of this key.
   *
   * @param factory makes the runtime when no other holder has; what it throws is thrown here
   */
  public static Lease acquire(Key key, Supplier<BatchingModelRuntime> factory) {
    return new Lease(RUNTIMES.acquire(key, factory));
  }
}
