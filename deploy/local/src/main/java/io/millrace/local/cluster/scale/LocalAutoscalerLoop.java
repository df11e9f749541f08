package io.millrace.local.cluster.scale;

import io.millrace.inference.InferenceJob;
import io.millrace.ingress.backpressure.QueueReading;
import io.millrace.local.flink.FlinkRest;
import io.millrace.local.flink.JobDetails;
import io.millrace.local.flink.JobSummary;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Measures, asks the {@link LocalAutoscaler} and rescales, on a thread of its own. */
public final class LocalAutoscalerLoop implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(LocalAutoscalerLoop.class);
  private static final Duration INTERVAL = Duration.ofSeconds(1);
  private static final Duration CLOSE = Duration.ofSeconds(5);

  private final FlinkRest flink;
  private final Rescaling rescaling;
  private final Supplier<QueueReading> queue;
  private final LocalAutoscaler autoscaler;
  private final LongSupplier nanoTicker;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread;
  private boolean failing;

  private LocalAutoscalerLoop(
      FlinkRest flink,
      Rescaling rescaling,
      Supplier<QueueReading> queue,
      LocalAutoscaler autoscaler,
      LongSupplier nanoTicker) {
    this.flink = flink;
    this.rescaling = rescaling;
    this.queue = queue;
    this.autoscaler = autoscaler;
    this.nanoTicker = nanoTicker;
    thread = new Thread(this::run, "local-autoscaler");
    thread.setDaemon(true);
  }

  /**
   * Starts it. Flink and the queue need not be there yet, and may go away.
   *
   * @param queue measures; may throw
   */
  public static LocalAutoscalerLoop start(
      FlinkRest flink,
      Rescaling rescaling,
      Supplier<QueueReading> queue,
      AutoscalerSettings settings) {
    LocalAutoscalerLoop loop =
        new LocalAutoscalerLoop(
            flink, rescaling, queue, new LocalAutoscaler(settings), System::nanoTime);
    loop.thread.start();
    return loop;
  }

  private void run() {
    try {
      while (!closed.await(INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
        attempt();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void attempt() throws InterruptedException {
    try {
      step();
      failing = false;
    } catch (RuntimeException e) {
      autoscaler.interrupted();
      if (!failing) { // Once an outage.
        failing = true;
        LOG.warn("The job cannot be rescaled for now: {}", e.toString());
      }
    }
  }

  private void step() throws InterruptedException {
    Optional<JobSummary> job = flink.job(InferenceJob.NAME);
    if (job.isEmpty()) {
      autoscaler.interrupted();
      return;
    }
    JobDetails details = flink.details(job.get().id());
    int parallelism = rescaling.parallelism(details);
    if (!details.running() || parallelism == 0) {
      autoscaler.interrupted();
      return;
    }
    QueueReading reading = queue.get();
    int wanted = autoscaler.wanted(reading, parallelism, nanoTicker.getAsLong());
    if (wanted != parallelism && rescaling.to(details.id(), wanted)) {
      LOG.info(
          "Rescaling from {} to {} subtasks: {} jobs wait, a subtask does {} a second",
          parallelism,
          wanted,
          reading.depth(),
          Math.round(autoscaler.perSubtask()));
    }
  }

  @Override
  public void close() {
    closed.countDown();
    thread.interrupt();
    try {
      thread.join(CLOSE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
