package io.millrace.local.bench;

import io.millrace.local.bench.frame.BenchContext;
import io.millrace.local.bench.stream.RecoveryCluster;
import io.millrace.local.cluster.ClusterArtifacts;
import io.millrace.local.cluster.ClusterOptions;
import io.millrace.local.cluster.LocalCluster;
import io.millrace.local.cluster.chaos.ProcessCluster;
import io.millrace.local.cluster.chaos.Victim;
import io.millrace.local.stack.StartDisplay;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.io.FileUtils;

/** A cluster of processes that only a benchmark uses. */
final class OwnCluster implements RecoveryCluster {

  /** Which of the task managers that have subtasks is killed. */
  private static final int FIRST = 0;

  private final LocalCluster cluster;

  private OwnCluster(LocalCluster cluster) {
    this.cluster = cluster;
  }

  /** Starts one with nothing in it. */
  static RecoveryCluster start(BenchContext context, BenchContext.InstalledModel model)
      throws Exception {
    Path directory = context.directory("cluster");
    FileUtils.deleteDirectory(directory.toFile());
    String version = model.version().model() + "@" + model.version().version();
    ClusterOptions options = ClusterOptions.of(directory, model.repository(), List.of(version));
    try (StartDisplay display = new StartDisplay(context.terminal())) {
      return context
          .shutdown()
          .add(
              "the cluster",
              new OwnCluster(LocalCluster.start(options, ClusterArtifacts.ofThisBuild(), display)));
    }
  }

  @Override
  public String kafka() {
    return cluster.state().kafka();
  }

  @Override
  public void killTaskManager() throws Exception {
    new ProcessCluster(cluster.directory()).kill(Victim.TM, FIRST);
  }

  @Override
  public void close() throws Exception {
    cluster.close();
  }
}
