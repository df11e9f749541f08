package io.millrace.local.cluster.command;

import io.millrace.local.cluster.ClusterArtifacts;
import io.millrace.local.cluster.ClusterLayout;
import io.millrace.local.cluster.ClusterOptions;
import io.millrace.local.cluster.LocalCluster;
import io.millrace.local.stack.StackTable;
import io.millrace.local.stack.StartDisplay;
import io.millrace.local.terminal.Terminal;
import io.millrace.local.workspace.ProcessSetup;
import io.millrace.local.workspace.Workspace;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code millrace cluster up}. */
@Command(
    name = "up",
    description =
        "Starts a cluster and leaves it running. Listens on the loopback interface only. Data"
            + " survives a restart: the jobs go on from their last checkpoints.",
    sortOptions = false)
final class UpCommand implements Callable<Integer> {

  @Option(
      names = "--taskmanagers",
      paramLabel = "N",
      description = "Task managers that do the work. Default: ${DEFAULT-VALUE}.",
      defaultValue = "2")
  private int taskManagers;

  @Option(
      names = "--slots",
      paramLabel = "N",
      description =
          "Slots of each. The webhooks job takes one of all, the inference job the others. Default:"
              + " ${DEFAULT-VALUE}.",
      defaultValue = "2")
  private int slots;

  @Option(
      names = "--spares",
      paramLabel = "N",
      description =
          "More task managers, so that as many slots are free for when one is lost. Default:"
              + " ${DEFAULT-VALUE}.",
      defaultValue = "1")
  private int spares;

  @Option(
      names = "--apis",
      paramLabel = "N",
      description = "Replicas of the HTTP API. Default: ${DEFAULT-VALUE}.",
      defaultValue = "2")
  private int apis;

  @Option(
      names = "--port",
      description =
          "Port of the first replica of the API; the others have the next ones. 0 for any free ones."
              + " Default: ${DEFAULT-VALUE}.",
      defaultValue = "8080")
  private int port;

  @Option(
      names = "--flink-port",
      description =
          "Port of Flink's REST API and web UI; 0 for any free one. Default: ${DEFAULT-VALUE}.",
      defaultValue = "8081")
  private int flinkPort;

  @Option(
      names = "--model",
      paramLabel = "NAME[@VERSION]",
      description =
          "Deploys this model alone; may be given several times. A model that is deployed already"
              + " keeps its version; else its newest one is taken.")
  private List<String> models = List.of();

  @Option(
      names = "--keys",
      paramLabel = "FILE",
      description = "The file of the API keys, which the API then wants of its callers.")
  private @Nullable Path keys;

  @Option(
      names = "--job-setting",
      paramLabel = "KEY=VALUE",
      description = "A setting of the inference job; may be given several times.")
  private Map<String, String> jobSettings = Map.of();

  @Option(
      names = "--autoscale",
      description =
          "Begins with one subtask of the inference job and rescales it with its queue, up to all"
              + " its slots.")
  private boolean autoscale;

  @Mixin private Workspace workspace = new Workspace();

  @Spec private @Nullable CommandSpec spec;

  private final Terminal terminal;

  UpCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws Exception {
    ClusterOptions options = options();
    ProcessSetup.logTo(workspace.log("cluster"));
    LocalCluster cluster;
    try (StartDisplay display = new StartDisplay(terminal)) {
      cluster = LocalCluster.start(options, ClusterArtifacts.ofThisBuild(), display);
    }
    PartTable.brief(cluster.state()).forEach(terminal::line);
    terminal.line();
    terminal.line("Try it:");
    terminal.line("  " + StackTable.curl(cluster.state().apis().get(0), keys != null));
    terminal.line();
    terminal.line("Logs: " + new ClusterLayout(cluster.directory()).logs());
    terminal.line("Stop it with: millrace cluster down");
    return 0;
  }

  private ClusterOptions options() {
    require("--spares", 0, spares);
    require("--apis", 1, apis);
    try {
      return new ClusterOptions(
          workspace.cluster(),
          workspace.models(),
          models,
          taskManagers,
          spares,
          slots,
          apis,
          port,
          flinkPort,
          jobSettings,
          keys,
          false,
          autoscale);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(Objects.requireNonNull(spec).commandLine(), e.getMessage(), e);
    }
  }

  private void require(String option, int least, int found) {
    if (found < least) {
      throw new ParameterException(
          Objects.requireNonNull(spec).commandLine(),
          "Invalid value for option '%s': expected %d or more, found %d"
              .formatted(option, least, found));
    }
  }
}
