package io.millrace.local.cluster.scaling;

import io.millrace.local.chaos.Texts;
import io.millrace.local.cluster.ClusterOptions;
import io.millrace.local.cluster.LocalCluster;
import io.millrace.local.cluster.load.AuditedLoad;
import io.millrace.local.cluster.load.ClusterTargets;
import io.millrace.local.cluster.load.LoadLines;
import io.millrace.local.cluster.load.LoadReport;
import io.millrace.local.cluster.load.OwnCluster;
import io.millrace.local.demo.SummaryFiles;
import io.millrace.local.stack.Shutdown;
import io.millrace.local.terminal.Durations;
import io.millrace.local.terminal.LiveDisplay;
import io.millrace.local.terminal.Terminal;
import io.millrace.local.workspace.ProcessSetup;
import io.millrace.local.workspace.Workspace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code millrace cluster autoscale}. */
@Command(
    name = "autoscale",
    description =
        "Shows the local autoscaler: a cluster of its own under steady load that one subtask can"
            + " do, then four times as much. Prints after how long the job runs with more subtasks;"
            + " exits with 1 when that takes over a minute, or a result is missing or twice.",
    sortOptions = false)
public final class AutoscaleCommand implements Callable<Integer> {

  /** One each for the subtasks, and one for the webhooks job. */
  private static final int TASK_MANAGERS = 4;

  private static final double STEADY_PER_SECOND = 0.3 * RemoteModel.mostPerSecond();
  private static final Duration STEADY = Duration.ofSeconds(30);
  private static final Duration GROWN = Duration.ofSeconds(90);
  private static final Duration MOST = Duration.ofSeconds(60);
  private static final long POLL_MILLIS = 100;

  @Option(
      names = "--summary",
      paramLabel = "FILE.json",
      description = "Also write the figures here.")
  private @Nullable Path summary;

  @Mixin private Workspace workspace = new Workspace();

  private final Terminal terminal;
  private final LongSupplier nanoTicker = System::nanoTime;

  public AutoscaleCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws Exception {
    SummaryFiles.requireWritable(summary);
    ProcessSetup.logTo(workspace.log("cluster-autoscale"));
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
    LocalCluster cluster = OwnCluster.start(options(), terminal, shutdown);
    RunningJob job = RunningJob.of(cluster);
    job.awaitParallelism(1);
    ClusterTargets targets =
        ClusterTargets.of(cluster.state(), RemoteModel.VERSION.model(), RemoteModel.INPUT);
    AuditedLoad load =
        shutdown.add(
            "the load", AuditedLoad.start(targets, STEADY_PER_SECOND, new Texts(0)::next, 0));
    LiveDisplay display = new LiveDisplay(terminal);
    watch(job, load, display, STEADY, Integer.MAX_VALUE);
    int before = job.parallelism();
    load.load().rate(4 * STEADY_PER_SECOND);
    long grown = nanoTicker.getAsLong();
    display.finish(
        "The load grows from %.0f to %.0f requests/s"
            .formatted(STEADY_PER_SECOND, 4 * STEADY_PER_SECOND));
    boolean rescaled = watch(job, load, display, GROWN, Math.max(1, before) + 1);
    Double seconds = rescaled ? (nanoTicker.getAsLong() - grown) / 1e9 : null;
    display.finish(
        seconds == null
            ? "It was not rescaled in %d s".formatted(GROWN.toSeconds())
            : "It runs with %d subtasks after %s"
                .formatted(job.parallelism(), Durations.render(seconds)));
    watch(job, load, display, STEADY, Integer.MAX_VALUE);
    int after = job.parallelism();
    display.update("Waiting for the last results");
    LoadReport report = load.finish();
    display.erase();
    return told(AutoscaleSummary.of(report, seconds, before, after, STEADY_PER_SECOND), report);
  }

  /** Shows what goes on until the job has so many subtasks; false when the time is over before. */
  private boolean watch(
      RunningJob job, AuditedLoad load, LiveDisplay display, Duration time, int enough)
      throws InterruptedException {
    long end = nanoTicker.getAsLong() + time.toNanos();
    while (nanoTicker.getAsLong() - end < 0) {
      load.load().check();
      int subtasks = job.parallelism();
      if (subtasks >= enough) {
        return true;
      }
      display.update(
          "subtasks %s  accepted %,d  committed %,d"
              .formatted(
                  subtasks == 0 ? "-" : Integer.toString(subtasks),
                  load.times().acceptedCount(),
                  load.times().committedCount()));
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
    return false;
  }

  private ClusterOptions options() throws Exception {
    return ClusterOptions.of(
            workspace.root().resolve("cluster-autoscale"),
            RemoteModel.install(workspace.root().resolve("cluster-autoscale-models")),
            List.of(RemoteModel.VERSION.model()))
        .withTaskManagers(TASK_MANAGERS, 0, 1)
        .withJobSettings(RemoteModel.settings())
        .withAutoscaler()
        .withFaultyModels();
  }

  private int told(AutoscaleSummary result, LoadReport load) throws Exception {
    Double seconds = result.rescaleSeconds();
    boolean passed = load.clean() && seconds != null && seconds <= MOST.toSeconds();
    terminal.line(LoadLines.verdict(load, passed, terminal));
    if (summary != null) {
      Files.writeString(summary, SummaryFiles.json(result));
    }
    return passed ? 0 : 1;
  }
}
