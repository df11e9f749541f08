package io.millrace.inference.progress;

import io.millrace.cache.ProgressStore;
import io.millrace.jobs.progress.ProgressReport;
import io.millrace.jobs.progress.ProgressReporting;
import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * One count for all subtasks of a job in a process, and one publisher. It is shared through a
 * static field: records move between the subtasks of a process, and a connection for each of them
 * to say so would cost more than the counting. The count begins anew when the job does: what its
 * steps have in their state enters them again, and nothing else is in flight then.
 */
public final class SharedProgress implements ProgressReporting {

  private static final long serialVersionUID = 1L;

  private static final Map<StoreFactory, Shared> BY_STORE = new HashMap<>();

  private final StoreFactory stores;

  /** Opens the store of one job where the job runs; equal for equal jobs. */
  public interface StoreFactory extends Supplier<ProgressStore>, Serializable {}

  public SharedProgress(StoreFactory stores) {
    this.stores = stores;
  }

  private static final class Shared {
    private final ProgressPublisher publisher;
    private int holders;

    Shared(ProgressPublisher publisher) {
      this.publisher = publisher;
    }
  }

  @Override
  public ProgressReport open() {
    synchronized (BY_STORE) {
      Shared shared =
          BY_STORE.computeIfAbsent(
              stores,
              store -> new Shared(ProgressPublisher.start(new ProgressCounters(), store.get())));
      shared.holders++;
      return new Report(shared);
    }
  }

  private final class Report implements ProgressReport {

    private final Shared shared;
    private final ProgressCounters counters;
    private final AtomicBoolean open = new AtomicBoolean(true);

    Report(Shared shared) {
      this.shared = shared;
      counters = shared.publisher.counters();
    }

    @Override
    public void read(int partition, long offset) {
      counters.read(partition, offset);
    }

    @Override
    public void entered() {
      counters.entered();
    }

    @Override
    public void left() {
      counters.left();
    }

    @Override
    public void close() {
      if (!open.compareAndSet(true, false)) {
        return;
      }
      synchronized (BY_STORE) {
        if (--shared.holders > 0) {
          return;
        }
        BY_STORE.remove(stores);
      }
      shared.publisher.close();
    }
  }
}
