package io.millrace.inference.publish;

import io.millrace.cache.JobStore;
import io.millrace.inference.tracing.JobSpans;
import io.millrace.inference.tracing.SharedJobSpans;
import io.millrace.schemas.avro.InferenceResult;
import io.opentelemetry.api.trace.Span;
import java.util.concurrent.Semaphore;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.metrics.Counter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes results to the job store, several at a time. */
final class JobStoreWriter implements SinkWriter<InferenceResult> {

  private static final Logger LOG = LoggerFactory.getLogger(JobStoreWriter.class);

  private final JobStore store;
  private final int maxInFlight;
  private final Semaphore permits;
  private final Counter failures;
  private final SharedJobSpans spans;
  private volatile boolean available = true;

  /**
   * @param failures counts from the store's threads
   */
  JobStoreWriter(JobStore store, int maxInFlight, Counter failures, SharedJobSpans spans) {
    this.store = store;
    this.maxInFlight = maxInFlight;
    this.failures = failures;
    this.spans = spans;
    permits = new Semaphore(maxInFlight);
  }

  @Override
  public void write(InferenceResult result, Context context) throws InterruptedException {
    permits.acquire();
    Span publish = spans.spans().publishing(result);
    var unused =
        store
            .finished(result)
            .whenComplete(
                (written, failure) -> {
                  JobSpans.published(publish, failure);
                  written(failure);
                });
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
    spans.close();
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
      LOG.warn("Results cannot be written to the job store: {}", failure.toString());
    }
  }
}
