package io.millrace.jobs.publish;

import java.util.concurrent.Semaphore;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.metrics.Counter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes values to a store, several at a time. */
final class StoreWriter<T> implements SinkWriter<T> {

  private static final Logger LOG = LoggerFactory.getLogger(StoreWriter.class);

  private final String name;
  private final StoreSink.Store<T> store;
  private final int maxInFlight;
  private final Semaphore permits;
  private final Counter failures;
  private volatile boolean available = true;

  /**
   * @param failures counts from the store's threads
   */
  StoreWriter(String name, StoreSink.Store<T> store, int maxInFlight, Counter failures) {
    this.name = name;
    this.store = store;
    this.maxInFlight = maxInFlight;
    this.failures = failures;
    permits = new Semaphore(maxInFlight);
  }

  @Override
  public void write(T value, Context context) throws InterruptedException {
    permits.acquire();
    var unused = store.write(value).whenComplete((written, failure) -> written(failure));
  }

  @Override
  public void flush(boolean endOfInput) throws InterruptedException {
    // Every write ends in the store's command timeout, so this wait does too.
    permits.acquire(maxInFlight);
    permits.release(maxInFlight);
  }

  @Override
  public void close() {
    store.close();
  }

  private void written(@Nullable Throwable failure) {
    permits.release();
    if (failure == null) {
      available = true;
      return;
    }
    failures.inc();
    if (available) { // Once an outage.
      available = false;
      LOG.warn("Cannot write to the {}: {}", name, failure.toString());
    }
  }
}
