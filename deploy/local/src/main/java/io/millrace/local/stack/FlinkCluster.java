package io.millrace.local.stack;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.graph.StreamGraph;

/** A Flink cluster in this process, with its web UI and its metrics on the loopback interface. */
final class FlinkCluster implements AutoCloseable {

  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(15);

  private static final int RETAINED_CHECKPOINTS = 3;

  private final MiniCluster cluster;
  private final URI webUi;
  private final URI metrics;

  private FlinkCluster(MiniCluster cluster, URI webUi, URI metrics) {
    this.cluster = cluster;
    this.webUi = webUi;
    this.metrics = metrics;
  }

  /**
   * Starts a cluster of one task manager.
   *
   * @param webPort of the web UI; 0 for any free one
   * @param slots how many subtasks of an operator can run at once
   * @param temporary where it spills and puts uploaded files
   */
  static FlinkCluster start(int webPort, int slots, Path temporary) throws Exception {
    int metricsPort = Ports.anyFree();
    Configuration configuration = new Configuration();
    configuration.set(RestOptions.ADDRESS, Ports.HOST);
    configuration.set(RestOptions.BIND_ADDRESS, Ports.HOST);
    configuration.set(RestOptions.PORT, webPort);
    configuration.set(RestOptions.BIND_PORT, Integer.toString(webPort));
    configuration.set(JobManagerOptions.BIND_HOST, Ports.HOST);
    configuration.set(TaskManagerOptions.BIND_HOST, Ports.HOST);
    configuration.set(TaskManagerOptions.HOST, Ports.HOST);
    configuration.set(CoreOptions.TMP_DIRS, temporary.toString());
    configuration.set(WebOptions.TMP_DIR, temporary.toString());
    configuration.set(WebOptions.SUBMIT_ENABLE, false);
    // Read from the cluster's configuration, not from the job's.
    configuration.set(CheckpointingOptions.MAX_RETAINED_CHECKPOINTS, RETAINED_CHECKPOINTS);
    configuration.set(WebOptions.CANCEL_ENABLE, false);
    configuration.setString(
        "metrics.reporter.prom.factory.class",
        "org.apache.flink.metrics.prometheus.LoopbackPrometheusReporterFactory");
    // The names of models and their versions as they are.
    configuration.setString("metrics.reporter.prom.filterLabelValueCharacters", "false");
    configuration.setString("metrics.reporter.prom.port", Integer.toString(metricsPort));
    MiniCluster cluster =
        new MiniCluster(
            new MiniClusterConfiguration.Builder()
                .setConfiguration(configuration)
                .setCommonBindAddress(Ports.HOST)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(slots)
                .build());
    boolean started = false;
    try {
      cluster.start();
      URI webUi = cluster.getRestAddress().get();
      started = true;
      return new FlinkCluster(
          cluster,
          URI.create("http://" + Ports.HOST + ":" + webUi.getPort()),
          URI.create("http://" + Ports.HOST + ":" + metricsPort + "/metrics"));
    } finally {
      if (!started) {
        var unused = cluster.closeAsync();
      }
    }
  }

  URI webUi() {
    return webUi;
  }

  URI metrics() {
    return metrics;
  }

  /** Submits a job; it runs, or will, when this returns. */
  FlinkJob submit(StreamGraph job) throws Exception {
    return new FlinkJob(cluster, cluster.submitJob(job).get().getJobID(), job.getJobName());
  }

  @Override
  public void close() throws Exception {
    cluster.closeAsync().get(STOP_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
  }
}
