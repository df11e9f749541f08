package io.millrace.local.cluster.scaling;

import static io.millrace.local.terminal.OptionCheck.require;

import io.millrace.local.cluster.ClusterOptions;
import io.millrace.local.cluster.LocalCluster;
import io.millrace.local.cluster.load.OwnCluster;
import io.millrace.local.demo.SummaryFiles;
import io.millrace.local.stack.Shutdown;
import io.millrace.local.terminal.Style;
import io.millrace.local.terminal.Terminal;
import io.millrace.local.workspace.ProcessSetup;
import io.millrace.local.workspace.Workspace;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code millrace cluster scale-out}. */
@Command(
    name = "scale-out",
    description =
        "Drains a topic with one task manager and with two, in turn, each on a cluster of its own."
            + " The model is a stand-in for a remote one: each call waits 20 ms and uses no"
            + " processor. Exits with 1 when two are less than 1.8 times as fast.",
    sortOptions = false)
public final class ScaleOutCommand implements Callable<Integer> {

  private static final double LEAST_RATIO = 1.8;

  /**
   * Of a task manager. With the webhooks job ended, all of them are the inference job's, so that
   * each task manager has as many subtasks. It needs two of them while it is built.
   */
  private static final int SLOTS = 3;

  @Option(
      names = "--repeat",
      paramLabel = "N",
      description = "Runs of each. Default: ${DEFAULT-VALUE}.",
      defaultValue = "3")
  private int repeat;

  @Option(
      names = "--requests",
      paramLabel = "N",
      description = "Requests of a run. Default: ${DEFAULT-VALUE}.",
      defaultValue = "6000")
  private int requests;

  @Option(
      names = "--summary",
      paramLabel = "FILE.json",
      description = "Also write the figures here.")
  private @Nullable Path summary;

  @Mixin private Workspace workspace = new Workspace();

  @Spec private @Nullable CommandSpec spec;

  private final Terminal terminal;

  public ScaleOutCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws Exception {
    require(spec, repeat >= 1 && repeat <= 100, "--repeat", "1 to 100", repeat);
    require(
        spec, requests >= 500 && requests <= 1_000_000, "--requests", "500 to 1000000", requests);
    SummaryFiles.requireWritable(summary);
    ProcessSetup.logTo(workspace.log("cluster-scale-out"));
    Shutdown shutdown = Shutdown.install();
    try {
      List<Double> one = new ArrayList<>();
      List<Double> two = new ArrayList<>();
      for (int i = 1; i <= repeat; i++) {
        one.add(run(i, 1, shutdown));
        two.add(run(i, 2, shutdown));
      }
      return told(
          ScaleOutSummary.of(
              requests,
              one,
              two,
              ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage()));
    } catch (Exception e) {
      if (shutdown.begun()) {
        return 1;
      }
      throw e;
    } finally {
      shutdown.close();
    }
  }

  private double run(int number, int taskManagers, Shutdown shutdown) throws Exception {
    Path directory = workspace.root().resolve("cluster-scale-out");
    Path repository = RemoteModel.install(workspace.root().resolve("cluster-scale-out-models"));
    ClusterOptions options =
        ClusterOptions.of(directory, repository, List.of(RemoteModel.VERSION.model()))
            .withTaskManagers(taskManagers, 0, SLOTS)
            .withApis(1)
            .withJobSettings(RemoteModel.settings())
            .withFaultyModels();
    try (LocalCluster cluster = OwnCluster.start(options, terminal, shutdown)) {
      RunningJob job = RunningJob.of(cluster);
      job.cancelWebhooks();
      job.rescale(SLOTS * taskManagers);
      double perSecond =
          new PreloadedTopic(cluster.state().kafka(), Clock.systemUTC()).drain(requests);
      terminal.line(
          "run %d, %d task manager%s: %.0f requests/s"
              .formatted(number, taskManagers, taskManagers == 1 ? " " : "s", perSecond));
      return perSecond;
    }
  }

  private int told(ScaleOutSummary result) throws Exception {
    boolean passed = result.ratio() >= LEAST_RATIO;
    terminal.line();
    terminal.line(
        terminal.styled(
            passed ? Style.GREEN : Style.RED,
            "Two task managers: %.2f times the throughput of one (model: %s, %d ms a call)"
                .formatted(result.ratio(), result.model(), result.callMillis())));
    if (summary != null) {
      Files.writeString(summary, SummaryFiles.json(result));
    }
    return passed ? 0 : 1;
  }
}
