package io.millrace.local.cluster.load;

import io.millrace.local.cluster.ClusterArtifacts;
import io.millrace.local.cluster.ClusterOptions;
import io.millrace.local.cluster.ClusterStop;
import io.millrace.local.cluster.LocalCluster;
import io.millrace.local.stack.Shutdown;
import io.millrace.local.stack.StartDisplay;
import io.millrace.local.terminal.Terminal;
import java.io.IOException;
import org.apache.commons.io.FileUtils;

/** Starts clusters that live as long as a command, each on an empty directory. */
public final class OwnCluster {

  private OwnCluster() {}

  /**
   * Starts one.
   *
   * @param options its directory is emptied first; a cluster that a killed command has left on it
   *     is stopped before
   * @param shutdown stops the cluster, also one that has not come up yet
   */
  public static LocalCluster start(ClusterOptions options, Terminal terminal, Shutdown shutdown)
      throws IOException, InterruptedException {
    ClusterStop stop = new ClusterStop(options.directory(), message -> {});
    boolean unused = stop.stop();
    FileUtils.deleteDirectory(options.directory().toFile());
    var unusedStep = shutdown.add("the cluster", (AutoCloseable) stop::stop);
    try (StartDisplay display = new StartDisplay(terminal)) {
      return LocalCluster.start(options, ClusterArtifacts.ofThisBuild(), display);
    }
  }
}
