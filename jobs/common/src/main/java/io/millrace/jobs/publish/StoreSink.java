package io.millrace.jobs.publish;

import java.io.Serializable;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.metrics.ThreadSafeSimpleCounter;

/**
 * Shows values on the read side as soon as they are there, before they are committed anywhere.
 * Writing one again must change nothing; one that cannot be written is counted, not waited for: the
 * read side is never the truth.
 */
public final class StoreSink<T> implements Sink<T> {

  private static final long serialVersionUID = 1L;

  private final String name;
  private final StoreFactory<T> stores;
  private final int maxInFlight;

  /** Where values are written. */
  public interface Store<T> extends AutoCloseable {

    /** Writes a value; the future ends in a bounded time. Writes of one key end in their order. */
    CompletableFuture<Void> write(T value);

    @Override
    void close();
  }

  /** Opens the store where the sink runs. */
  public interface StoreFactory<T> extends Supplier<Store<T>>, Serializable {}

  /**
   * A sink.
   *
   * @param name of the store, such as {@code job store}: for the log, and in the name of the metric
   *     {@code millrace_<name>_write_failures_total}
   * @param maxInFlight writes under way at most; more make the stream wait
   */
  public StoreSink(String name, StoreFactory<T> stores, int maxInFlight) {
    this.name = name;
    this.stores = stores;
    this.maxInFlight = maxInFlight;
  }

  @Override
  public SinkWriter<T> createWriter(WriterInitContext context) {
    String metric =
        "millrace_" + name.replace(' ', '_').toLowerCase(Locale.ROOT) + "_write_failures_total";
    return new StoreWriter<>(
        name,
        stores.get(),
        maxInFlight,
        context.metricGroup().counter(metric, new ThreadSafeSimpleCounter()));
  }
}
