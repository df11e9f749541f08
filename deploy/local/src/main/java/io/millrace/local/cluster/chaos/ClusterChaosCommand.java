package io.millrace.local.cluster.chaos;

import static io.millrace.local.terminal.OptionCheck.require;

import io.millrace.local.chaos.Texts;
import io.millrace.local.cluster.ClusterOptions;
import io.millrace.local.cluster.ClusterState;
import io.millrace.local.cluster.load.AuditedLoad;
import io.millrace.local.cluster.load.ClusterTargets;
import io.millrace.local.cluster.load.LoadReport;
import io.millrace.local.cluster.load.OwnCluster;
import io.millrace.local.demo.SummaryFiles;
import io.millrace.local.stack.LocalStack;
import io.millrace.local.stack.Shutdown;
import io.millrace.local.terminal.CommandFailedException;
import io.millrace.local.terminal.Terminal;
import io.millrace.local.workspace.ProcessSetup;
import io.millrace.local.workspace.Workspace;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code millrace cluster chaos}. */
@Command(
    name = "chaos",
    description =
        "Puts a cluster under steady load on all replicas of the API, kills (kill -9) a task"
            + " manager, the JobManager, the broker, Redis and a replica of the API in turn, and"
            + " checks that every accepted job has exactly one committed result. Exits with 1 when"
            + " that is not so.",
    sortOptions = false)
public final class ClusterChaosCommand implements Callable<Integer> {

  @Option(
      names = "--minutes",
      paramLabel = "N",
      description =
          "How long the load goes on; each part is killed once every 200 s, and at least once."
              + " Default: ${DEFAULT-VALUE}.",
      defaultValue = "5")
  private int minutes;

  @Option(
      names = "--rate",
      paramLabel = "N",
      description = "Submissions a second. Default: ${DEFAULT-VALUE}.",
      defaultValue = "40")
  private double rate;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Of the texts, and of the choice among equal parts. Default: ${DEFAULT-VALUE}.",
      defaultValue = "42")
  private long seed;

  @Option(
      names = "--running",
      description = "Takes the cluster that runs on the data directory instead of one of its own.")
  private boolean running;

  @Option(
      names = "--summary",
      paramLabel = "FILE.json",
      description = "Also write the figures here.")
  private @Nullable Path summary;

  @Mixin private Workspace workspace = new Workspace();

  @Spec private @Nullable CommandSpec spec;

  private final Terminal terminal;

  public ClusterChaosCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws Exception {
    require(spec, minutes >= 1 && minutes <= 24 * 60, "--minutes", "1 to 1440", minutes);
    require(spec, rate > 0 && rate <= 1_000, "--rate", "more than 0, 1000 at most", rate);
    SummaryFiles.requireWritable(summary);
    ProcessSetup.logTo(workspace.log("cluster-chaos"));
    Shutdown shutdown = Shutdown.install();
    try {
      return run(shutdown);
    } catch (Exception e) {
      if (shutdown.begun()) {
        return 1;
      }
      throw e;
    } finally {
      shutdown.close();
    }
  }

  private int run(Shutdown shutdown) throws Exception {
    Path directory = running ? workspace.cluster() : workspace.root().resolve("cluster-chaos");
    ClusterState cluster = running ? runningCluster(directory) : start(directory, shutdown);
    ClusterTargets targets =
        ClusterTargets.of(cluster, workspace.models(), LocalStack.SAMPLE_MODEL);
    Duration time = Duration.ofMinutes(minutes);
    AuditedLoad load =
        shutdown.add("the load", AuditedLoad.start(targets, rate, new Texts(seed)::next, seed));
    List<KillReport> kills;
    LoadReport report;
    try (ChaosDisplay display = ChaosDisplay.start(terminal, load, time)) {
      kills =
          new ClusterChaos(new ProcessCluster(directory), load, display, seed, System::nanoTime)
              .run(ChaosPlan.over(time), time);
      display.event("waiting for the last results");
      report = load.finish();
    }
    ChaosReport result = new ChaosReport(report, kills);
    result.lines(terminal).forEach(terminal::line);
    if (summary != null) {
      Files.writeString(
          summary,
          SummaryFiles.json(
              ClusterChaosSummary.of(
                  report,
                  kills,
                  time,
                  rate,
                  seed,
                  ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage())));
    }
    return result.passed() ? 0 : 1;
  }

  private ClusterState start(Path directory, Shutdown shutdown) throws Exception {
    return OwnCluster.start(
            ClusterOptions.of(directory, workspace.models(), List.of(LocalStack.SAMPLE_MODEL)),
            terminal,
            shutdown)
        .state();
  }

  private static ClusterState runningCluster(Path directory) {
    ClusterState cluster = ClusterState.read(directory);
    if (!cluster.supervisor().isAlive()) {
      throw new CommandFailedException(
          "No cluster runs on " + directory + ". Start one with: millrace cluster up");
    }
    return cluster;
  }
}
