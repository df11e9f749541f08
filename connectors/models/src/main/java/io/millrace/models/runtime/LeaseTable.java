package io.millrace.models.runtime;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * Things that are shared by key while someone holds a lease on them, and a little longer.
 *
 * @param <K> says which are the same
 * @param <R> what is shared
 */
final class LeaseTable<K, R extends ModelRuntime> {

  private final Executor afterLinger;
  private final Map<K, Entry<R>> entries = new HashMap<>();

  /**
   * @param afterLinger runs a task when the time is over that an unused thing is kept
   */
  LeaseTable(Executor afterLinger) {
    this.afterLinger = afterLinger;
  }

  private static final class Entry<R> {
    final R resource;
    int leases;
    long acquisitions;

    Entry(R resource) {
      this.resource = resource;
    }
  }

  /** One user's hold. */
  final class Lease implements AutoCloseable {

    private final K key;
    private final Entry<R> entry;
    private final AtomicBoolean released = new AtomicBoolean();

    private Lease(K key, Entry<R> entry) {
      this.key = key;
      this.entry = entry;
    }

    R resource() {
      return entry.resource;
    }

    @Override
    public void close() {
      if (released.compareAndSet(false, true)) {
        release(key, entry);
      }
    }
  }

  /** A lease on what the key names; the factory makes it when it is not there. */
  synchronized Lease acquire(K key, Supplier<? extends R> factory) {
    Entry<R> entry = entries.computeIfAbsent(key, absent -> new Entry<>(factory.get()));
    entry.leases++;
    entry.acquisitions++;
    return new Lease(key, entry);
  }

  private synchronized void release(K key, Entry<R> entry) {
    entry.leases--;
    if (entry.leases == 0) {
      long acquisitions = entry.acquisitions;
      afterLinger.execute(() -> closeUnused(key, entry, acquisitions));
    }
  }

  private void closeUnused(K key, Entry<R> entry, long acquisitions) {
    synchronized (this) {
      if (entry.acquisitions != acquisitions) {
        return;
      }
      entries.remove(key);
    }
    entry.resource.close();
  }
}
