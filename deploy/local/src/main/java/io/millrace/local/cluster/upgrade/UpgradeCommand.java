package io.millrace.local.cluster.upgrade;

import static io.millrace.local.terminal.OptionCheck.require;

import io.millrace.inference.InferenceJob;
import io.millrace.local.chaos.Texts;
import io.millrace.local.cluster.ClusterPlan;
import io.millrace.local.cluster.ClusterState;
import io.millrace.local.cluster.JobPlan;
import io.millrace.local.cluster.load.AuditedLoad;
import io.millrace.local.cluster.load.ClusterTargets;
import io.millrace.local.cluster.load.LoadLines;
import io.millrace.local.cluster.load.LoadReport;
import io.millrace.local.demo.SummaryFiles;
import io.millrace.local.flink.FlinkRest;
import io.millrace.local.stack.LocalStack;
import io.millrace.local.terminal.Durations;
import io.millrace.local.terminal.Style;
import io.millrace.local.terminal.Terminal;
import io.millrace.local.workspace.ProcessSetup;
import io.millrace.local.workspace.Workspace;
import io.millrace.webhooks.WebhooksJob;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code millrace cluster upgrade}. */
@Command(
    name = "upgrade",
    description =
        "Stops a job of the running cluster with a savepoint and starts another release from it;"
            + " the old one again from the same savepoint when the new one does not run in time."
            + " Exits with 1 then.",
    sortOptions = false)
public final class UpgradeCommand implements Callable<Integer> {

  /** Load before and after, so that there is something to go on with. */
  private static final Duration AROUND = Duration.ofSeconds(5);

  /** The jobs of a cluster. */
  enum Job {
    INFERENCE(InferenceJob.NAME),
    WEBHOOKS(WebhooksJob.NAME);

    private final String pipeline;

    Job(String pipeline) {
      this.pipeline = pipeline;
    }
  }

  @Option(
      names = "--job",
      paramLabel = "JOB",
      description = "inference or webhooks. Default: inference.",
      defaultValue = "inference")
  private Job job = Job.INFERENCE;

  @Option(
      names = "--jar",
      paramLabel = "FILE",
      description = "The job's jar. Default: that of this build.")
  private @Nullable Path jar;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "A setting of the job that changes; may be given several times.")
  private Map<String, String> settings = Map.of();

  @Option(
      names = "--within",
      paramLabel = "SECONDS",
      description =
          "How long the new release may take to its first checkpoint. Default: ${DEFAULT-VALUE}.",
      defaultValue = "60")
  private int within;

  @Option(
      names = "--rate",
      paramLabel = "N",
      description =
          "Sends so many requests a second meanwhile and checks that none is lost and none twice;"
              + " 0 for none. Default: ${DEFAULT-VALUE}.",
      defaultValue = "0")
  private double rate;

  @Option(
      names = "--summary",
      paramLabel = "FILE.json",
      description = "Also write the figures here.")
  private @Nullable Path summary;

  @Mixin private Workspace workspace = new Workspace();

  @Spec private @Nullable CommandSpec spec;

  private final Terminal terminal;

  public UpgradeCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws Exception {
    require(spec, jar == null || Files.isReadable(jar), "--jar", "a file that can be read", jar);
    require(spec, within > 0, "--within", "1 or more", within);
    require(spec, rate >= 0 && rate <= 1_000, "--rate", "0 to 1000", rate);
    SummaryFiles.requireWritable(summary);
    ProcessSetup.logTo(workspace.log("cluster-upgrade"));
    ClusterState cluster = ClusterState.read(workspace.cluster());
    JobPlan plan = ClusterPlan.read(workspace.cluster()).job(job.pipeline);
    Release old = Releases.current(plan);
    Release next = Releases.next(old, jar, settings);
    JobUpgrade upgrade =
        new JobUpgrade(new FlinkRest(cluster.flink()), plan.savepoints().toUri().toString());
    Duration time = Duration.ofSeconds(within);
    if (rate == 0) {
      return told(upgrade.run(plan.name(), old, next, time), null, null);
    }
    ClusterTargets targets =
        ClusterTargets.of(cluster, workspace.models(), LocalStack.SAMPLE_MODEL);
    try (AuditedLoad load = AuditedLoad.start(targets, rate, new Texts(0)::next, 0)) {
      TimeUnit.MILLISECONDS.sleep(AROUND.toMillis());
      UpgradeOutcome outcome = upgrade.run(plan.name(), old, next, time);
      Double pause = new LoadedUpgrade(load).pause(outcome);
      TimeUnit.MILLISECONDS.sleep(AROUND.toMillis());
      return told(outcome, pause, load.finish());
    }
  }

  private int told(UpgradeOutcome outcome, @Nullable Double pause, @Nullable LoadReport load)
      throws Exception {
    UpgradeSummary result = UpgradeSummary.of(job.pipeline, outcome, pause, load);
    terminal.line("Savepoint  " + result.savepoint());
    terminal.line("Stopped    in " + Durations.render(result.stopSeconds()));
    terminal.line(
        "Running    after %s, with its first checkpoint"
            .formatted(Durations.render(result.runningSeconds())));
    if (load != null) {
      terminal.line(
          "Pause      "
              + (pause == null
                  ? "no result came any more"
                  : Durations.render(pause) + " to the first committed result"));
    }
    if (outcome.rolledBack()) {
      terminal.line(
          terminal.styled(
              Style.RED, "Rolled back to the old release: " + outcome.rolledBackBecause()));
    }
    boolean clean = load == null || (load.clean() && pause != null);
    if (load != null) {
      terminal.line(LoadLines.verdict(load, clean, terminal));
    }
    if (summary != null) {
      Files.writeString(summary, SummaryFiles.json(result));
    }
    return clean && !outcome.rolledBack() ? 0 : 1;
  }
}
