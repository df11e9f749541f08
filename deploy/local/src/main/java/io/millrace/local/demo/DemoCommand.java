package io.millrace.local.demo;

import io.millrace.local.stack.LocalStack;
import io.millrace.local.stack.Shutdown;
import io.millrace.local.terminal.Terminal;
import io.millrace.local.workspace.ProcessSetup;
import io.millrace.local.workspace.Workspace;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code millrace demo}: starts the stack, sends traffic and shows what came out. */
@Command(
    name = "demo",
    description =
        "Starts broker, Redis, Flink and the HTTP API on free ports, sends requests through the"
            + " API, and checks that every accepted job has exactly one committed result. Exits"
            + " with 1 when one has none or two.",
    sortOptions = false)
public final class DemoCommand implements Callable<Integer> {

  @Option(
      names = "--requests",
      paramLabel = "N",
      description = "Requests to send. Default: ${DEFAULT-VALUE}.",
      defaultValue = "2000")
  private int requests;

  @Option(
      names = "--duplicates",
      paramLabel = "F",
      description = "Share of requests that repeat an earlier text. Default: ${DEFAULT-VALUE}.",
      defaultValue = "0.3")
  private double duplicates;

  @ArgGroup private @Nullable Load load;

  static final class Load {
    @Option(
        names = "--rate",
        paramLabel = "R",
        description = "Open loop: R requests a second, at random times (Poisson).")
    private @Nullable Double rate;

    @Option(
        names = "--concurrency",
        paramLabel = "C",
        description = "Closed loop: C requests under way all the time. Default: 256.")
    private @Nullable Integer concurrency;
  }

  @Option(
      names = "--data",
      paramLabel = "FILE.csv",
      description =
          "What to send: columns text, category or label (optional), split (optional; accuracy"
              + " then counts rows of the split test only). Default: the sample data.")
  private @Nullable Path data;

  @Option(
      names = "--model",
      paramLabel = "NAME",
      description = "The model to ask, in its newest version. Default: ${DEFAULT-VALUE}.",
      defaultValue = LocalStack.SAMPLE_MODEL)
  private String model = LocalStack.SAMPLE_MODEL;

  @Option(
      names = "--seed",
      description = "Of all random choices. Default: ${DEFAULT-VALUE}.",
      defaultValue = "1")
  private long seed;

  @Option(
      names = "--summary",
      paramLabel = "FILE.json",
      description = "Also write the figures here.")
  private @Nullable Path summary;

  @Option(names = "--keep-running", description = "Keep the stack running until Ctrl-C.")
  private boolean keepRunning;

  @Mixin private Workspace workspace = new Workspace();

  @Spec private @Nullable CommandSpec spec;

  private final Terminal terminal;

  private DemoCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  public static CommandLine commandLine(Terminal terminal) {
    return new CommandLine(new DemoCommand(terminal))
        .addSubcommand(new RolloutDemoCommand(terminal))
        .addSubcommand(new HotSwapCommand(terminal))
        .addSubcommand(new DriftDemoCommand(terminal));
  }

  @Override
  public Integer call() throws Exception {
    DemoOptions options = options();
    ProcessSetup.logTo(workspace.log("demo"));
    Shutdown shutdown = Shutdown.install();
    try {
      return new Demo(options, workspace, terminal, shutdown).run() ? 0 : 1;
    } catch (Exception e) {
      if (shutdown.begun()) {
        return 1;
      }
      throw e;
    }
  }

  private DemoOptions options() {
    try {
      return new DemoOptions(
          requests,
          duplicates,
          load == null ? null : load.rate,
          load == null || load.concurrency == null
              ? DemoOptions.DEFAULT_CONCURRENCY
              : load.concurrency,
          data,
          model,
          seed,
          summary,
          keepRunning);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(Objects.requireNonNull(spec).commandLine(), e.getMessage(), e);
    }
  }
}
