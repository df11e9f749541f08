package io.millrace.local.cluster.command;

import io.millrace.local.cluster.ClusterStatus;
import io.millrace.local.cluster.JobView;
import io.millrace.local.cluster.PartView;
import io.millrace.local.cluster.PartView.Health;
import io.millrace.local.cluster.StatusProbe;
import io.millrace.local.terminal.Style;
import io.millrace.local.terminal.Terminal;
import io.millrace.local.terminal.TextTable;
import io.millrace.local.terminal.TextTable.Align;
import io.millrace.local.workspace.ProcessSetup;
import io.millrace.local.workspace.Workspace;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code millrace cluster status}. */
@Command(
    name = "status",
    description =
        "Shows the processes and the jobs of a cluster. Exits with 0 when everything serves and both"
            + " jobs run, else with 1.",
    sortOptions = false)
final class StatusCommand implements Callable<Integer> {

  @Option(names = "--json", description = "Write a JSON object.")
  private boolean json;

  @Mixin private Workspace workspace = new Workspace();

  private final Terminal terminal;
  private final InstantSource clock;

  StatusCommand(Terminal terminal, InstantSource clock) {
    this.terminal = terminal;
    this.clock = clock;
  }

  @Override
  public Integer call() throws InterruptedException {
    ProcessSetup.logTo(workspace.log("cluster"));
    ClusterStatus status = new StatusProbe(workspace.cluster(), clock).ask();
    if (json) {
      terminal.line(status.toJson());
    } else {
      show(status);
    }
    return status.isWell() ? 0 : 1;
  }

  private void show(ClusterStatus status) {
    parts(status.parts()).forEach(terminal::line);
    terminal.line();
    if (!status.jobs().isEmpty()) {
      jobs(status.jobs()).forEach(terminal::line);
      terminal.line();
    }
    if (!status.supervised()) {
      terminal.line(
          terminal.styled(Style.RED, "The supervisor is dead: what ends is not started again."));
    }
    terminal.line(
        status.isWell()
            ? terminal.styled(Style.GREEN, "All is well.")
            : terminal.styled(Style.RED, "Not all is well."));
  }

  static List<String> parts(List<PartView> parts) {
    TextTable table =
        new TextTable(
            Align.LEFT, Align.LEFT, Align.RIGHT, Align.RIGHT, Align.RIGHT, Align.RIGHT, Align.LEFT);
    table.header("part", "state", "pid", "since", "restarts", "memory", "address");
    for (PartView part : parts) {
      boolean down = part.health() == Health.DOWN;
      table.row(
          part.part(),
          part.health().name().toLowerCase(Locale.ROOT),
          down ? "-" : Long.toString(part.pid()),
          down ? "-" : since(part.seconds()),
          Integer.toString(part.restarts()),
          down ? "-" : (part.residentBytes() >> 20) + " MB",
          part.address());
    }
    return table.lines();
  }

  static List<String> jobs(List<JobView> jobs) {
    TextTable table = new TextTable(Align.LEFT, Align.LEFT, Align.RIGHT, Align.RIGHT, Align.RIGHT);
    table.header("job", "state", "parallelism", "last checkpoint", "failures");
    for (JobView job : jobs) {
      table.row(
          job.name(),
          job.running() || !job.state().equals("RUNNING")
              ? job.state().toLowerCase(Locale.ROOT)
              : "starting",
          Integer.toString(job.parallelism()),
          job.checkpoint() == null || job.checkpointAge() == null
              ? "none yet"
              : String.format(Locale.ROOT, "%d, %.1f s ago", job.checkpoint(), job.checkpointAge()),
          Integer.toString(job.failures()));
    }
    return table.lines();
  }

  private static String since(long seconds) {
    if (seconds < 60) {
      return seconds + " s";
    }
    return seconds < 3_600
        ? "%d min %d s".formatted(seconds / 60, seconds % 60)
        : "%d h %d min".formatted(seconds / 3_600, seconds / 60 % 60);
  }
}
