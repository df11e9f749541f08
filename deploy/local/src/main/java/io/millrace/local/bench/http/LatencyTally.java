package io.millrace.local.bench.http;

import io.millrace.local.bench.frame.Figures;
import io.millrace.local.bench.load.Latencies;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;

/** How the requests of a load were answered. Safe for use by several threads. */
final class LatencyTally {

  private final Latencies latencies = new Latencies();
  private final Latencies overheads = new Latencies();
  private final DoubleAdder totalSeconds = new DoubleAdder();
  private final DoubleAdder queueSeconds = new DoubleAdder();
  private final DoubleAdder batchWaitSeconds = new DoubleAdder();
  private final LongAdder refused = new LongAdder();
  private final LongAdder failed = new LongAdder();

  /**
   * Where the time of an answered job went, as the API tells it, in seconds.
   *
   * @param total from accepted to completed
   * @param queue from accepted to taken up by the step that infers
   * @param batchWait from ready for a batch to the start of the model's call
   * @param batch the model's call
   */
  record Timings(double total, double queue, double batchWait, double batch) {}

  /** An answer, so long after it was due. */
  void answered(long nanos) {
    latencies.add(nanos);
  }

  /** The same with what the server says of it. */
  void answered(long nanos, Timings timings) {
    latencies.add(nanos);
    overheads.add(nanos - Math.round(timings.batch() * 1e9));
    totalSeconds.add(timings.total());
    queueSeconds.add(timings.queue());
    batchWaitSeconds.add(timings.batchWait());
  }

  /** A refusal: come again later. */
  void refused() {
    refused.increment();
  }

  /** Neither answered nor refused. */
  void failed() {
    failed.increment();
  }

  /**
   * Percentiles of the answered ones, and the shares of the others.
   *
   * <p>{@code queue_wait_share} is as everywhere: of the time from accepted to completed, what
   * passed before the model's call began, the way through Kafka included; {@code batch_wait_share}
   * is the part of it that waited for a free worker.
   */
  Figures figures() {
    double all = latencies.count() + refused.sum() + failed.sum();
    Figures figures =
        latencies
            .figures()
            .with("refused_share", refused.sum() / all)
            .with("failed_share", failed.sum() / all);
    return overheads.count() == 0
        ? figures
        : figures
            .with("overhead_p50_ms", overheads.millis(0.5))
            .with("overhead_p99_ms", overheads.millis(0.99))
            .with(
                "queue_wait_share",
                (queueSeconds.sum() + batchWaitSeconds.sum()) / totalSeconds.sum())
            .with("batch_wait_share", batchWaitSeconds.sum() / totalSeconds.sum());
  }

  long answeredCount() {
    return latencies.count();
  }
}
