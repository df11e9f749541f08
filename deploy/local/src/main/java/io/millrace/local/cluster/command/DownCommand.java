package io.millrace.local.cluster.command;

import io.millrace.local.cluster.ClusterStop;
import io.millrace.local.terminal.CommandFailedException;
import io.millrace.local.terminal.Terminal;
import io.millrace.local.workspace.ProcessSetup;
import io.millrace.local.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.apache.commons.io.FileUtils;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code millrace cluster down}. */
@Command(
    name = "down",
    description =
        "Stops a cluster: the API first, then Flink, Redis and the broker. Its data stays, and the"
            + " next start goes on from it.",
    sortOptions = false)
final class DownCommand implements Callable<Integer> {

  @Option(
      names = "--clear",
      description = "Also delete all data of the cluster. Models, which are elsewhere, stay.")
  private boolean clear;

  @Mixin private Workspace workspace = new Workspace();

  private final Terminal terminal;

  DownCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws InterruptedException {
    ProcessSetup.logTo(workspace.log("cluster"));
    Path directory = workspace.cluster();
    boolean ran = new ClusterStop(directory, terminal::line).stop();
    terminal.line(ran ? "The cluster is down." : "No cluster runs on " + directory + ".");
    if (clear && Files.exists(directory)) {
      delete(directory);
      terminal.line("Deleted " + directory);
    }
    return 0;
  }

  private static void delete(Path directory) {
    try {
      FileUtils.deleteDirectory(directory.toFile());
    } catch (IOException e) {
      throw new CommandFailedException("Cannot delete " + directory + ": " + e.getMessage(), e);
    }
  }
}
