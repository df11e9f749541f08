package io.millrace.local.stack;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.StreamSupport;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.runtime.executiongraph.AccessExecutionGraph;
import org.apache.flink.runtime.minicluster.MiniCluster;

/** A job on the local cluster; closing it cancels it, and its checkpoints stay. */
final class FlinkJob implements AutoCloseable {

  private static final Duration CANCEL_TIMEOUT = Duration.ofSeconds(15);
  private static final Duration POLL_INTERVAL = Duration.ofMillis(100);

  private final MiniCluster cluster;
  private final JobID id;
  private final String name;

  FlinkJob(MiniCluster cluster, JobID id, String name) {
    this.cluster = cluster;
    this.id = id;
    this.name = name;
  }

  String id() {
    return id.toHexString();
  }

  /**
   * Waits until every subtask runs, which it does once its operators are open.
   *
   * @throws IllegalStateException when the job ends before, or the time is over
   */
  void awaitRunning(Duration timeout, LongSupplier nanoTicker) throws Exception {
    long deadline = nanoTicker.getAsLong() + timeout.toNanos();
    while (!running(cluster.getExecutionGraph(id).get())) {
      if (nanoTicker.getAsLong() > deadline) {
        throw new IllegalStateException(
            "The job is still "
                + cluster.getJobStatus(id).get()
                + " after "
                + timeout.toSeconds()
                + " s");
      }
      TimeUnit.MILLISECONDS.sleep(POLL_INTERVAL.toMillis());
    }
  }

  private static boolean running(AccessExecutionGraph job) {
    if (job.getState().isTerminalState()) {
      throw new IllegalStateException("The job ended: " + reason(job));
    }
    return job.getState() == JobStatus.RUNNING
        && StreamSupport.stream(job.getAllExecutionVertices().spliterator(), false)
            .allMatch(subtask -> subtask.getExecutionState() == ExecutionState.RUNNING);
  }

  private static String reason(AccessExecutionGraph job) {
    return job.getFailureInfo() == null
        ? job.getState().toString()
        : job.getFailureInfo().getExceptionAsString().lines().findFirst().orElse("no reason given");
  }

  /** Completes with a description when the job has ended, whatever the reason. */
  CompletableFuture<String> ended() {
    return cluster
        .requestJobResult(id)
        .thenApply(
            result ->
                result
                    .getSerializedThrowable()
                    .map(failure -> "The job " + name + " failed: " + failure.getMessage())
                    .orElse("The job " + name + " ended"));
  }

  @Override
  public void close() throws Exception {
    cluster.cancelJob(id).get(CANCEL_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    cluster.requestJobResult(id).get(CANCEL_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
  }
}
