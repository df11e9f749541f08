package io.millrace.local.cluster.load;

import io.millrace.local.cluster.ClusterArtifacts;
import io.millrace.local.cluster.ClusterOptions;
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
   * @param options its directory is emptied first
   * @param shutdown stops the cluster
   */
  public static LocalCluster start(ClusterOptions options, Terminal terminal, Shutdown shutdown)
      throws IOException, InterruptedException {
    FileUtils.deleteDirectory(options.directory().toFile());
    try (StartDisplay display = new StartDisplay(terminal)) {
      return shutdown.add(
          "the cluster", LocalCluster.start(options, ClusterArtifacts.ofThisBuild(), display));
    }
  }
}
