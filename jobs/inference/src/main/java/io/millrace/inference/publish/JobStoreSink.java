package io.millrace.inference.publish;

import io.millrace.cache.JobStore;
import io.millrace.inference.config.InferenceConfig;
import io.millrace.inference.tracing.SharedJobSpans;
import io.millrace.schemas.avro.InferenceResult;
import java.io.Serializable;
import java.util.function.Supplier;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.metrics.ThreadSafeSimpleCounter;

/**
 * Shows results on the read side as soon as they are there, before they are committed to their
 * topic. Writing one again changes nothing; one that cannot be written is counted, not waited for:
 * the topic is the truth.
 */
public final class JobStoreSink implements Sink<InferenceResult> {

  private static final long serialVersionUID = 1L;

  private final StoreFactory stores;
  private final int maxInFlight;
  private final InferenceConfig.Tracing tracing;

  /** Opens the store where the sink runs. */
  public interface StoreFactory extends Supplier<JobStore>, Serializable {}

  /**
   * @param maxInFlight writes under way at most; more make the stream wait
   */
  public JobStoreSink(StoreFactory stores, int maxInFlight, InferenceConfig.Tracing tracing) {
    this.stores = stores;
    this.maxInFlight = maxInFlight;
    this.tracing = tracing;
  }

  @Override
  public SinkWriter<InferenceResult> createWriter(WriterInitContext context) {
    return new JobStoreWriter(
        stores.get(),
        maxInFlight,
        context
            .metricGroup()
            .counter("millrace_job_store_write_failures_total", new ThreadSafeSimpleCounter()),
        SharedJobSpans.open(tracing));
  }
}
