package io.millrace.inference.progress;

import io.millrace.cache.CacheUnavailableException;
import io.millrace.cache.JobProgress;
import io.millrace.cache.ProgressStore;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A store in memory, which can be away. */
final class RecordedProgress implements ProgressStore {

  private static final Map<String, RecordedProgress> STORES = new ConcurrentHashMap<>();

  private final Map<String, JobProgress> reports = new ConcurrentHashMap<>();
  private volatile boolean away;
  private final AtomicInteger opened = new AtomicInteger();
  private volatile boolean closed;

  /** Opens the store of this name. */
  record Factory(String name) implements SharedProgress.StoreFactory {

    private static final long serialVersionUID = 1L;

    @Override
    public ProgressStore get() {
      RecordedProgress store = of(name);
      store.opened.incrementAndGet();
      store.closed = false;
      return store;
    }
  }

  static RecordedProgress of(String name) {
    return STORES.computeIfAbsent(name, missing -> new RecordedProgress());
  }

  void away(boolean isAway) {
    away = isAway;
  }

  int opened() {
    return opened.get();
  }

  boolean closed() {
    return closed;
  }

  Map<String, JobProgress> reports() {
    return reports;
  }

  @Override
  public CompletableFuture<Void> publish(String process, JobProgress progress) {
    if (away) {
      return CompletableFuture.failedFuture(new CacheUnavailableException("away", null));
    }
    reports.put(process, progress);
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletableFuture<Void> withdraw(String process) {
    reports.remove(process);
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletableFuture<Optional<JobProgress>> read() {
    return CompletableFuture.completedFuture(reports.values().stream().findFirst());
  }

  @Override
  public void close() {
    closed = true;
  }
}
