package io.millrace.local.demo;

import io.millrace.local.stack.Shutdown;
import io.millrace.local.terminal.Terminal;
import io.millrace.local.workspace.ProcessSetup;
import io.millrace.local.workspace.Workspace;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code millrace demo drift}: the traffic shifts, and the job sees it. */
@Command(
    name = "drift",
    description =
        "Starts everything, sends requests like those that the model was measured on, and then"
            + " others. The windows before must show no drift, the first full window after must"
            + " show it in the right features, and the alert must fire. Exits with 1 otherwise.",
    sortOptions = false)
final class DriftDemoCommand implements Callable<Integer> {

  @Option(
      names = "--rate",
      paramLabel = "R",
      description = "Requests a second, at random times. Default: ${DEFAULT-VALUE}.",
      defaultValue = "70")
  private double rate;

  @Option(
      names = "--window",
      paramLabel = "SECONDS",
      description = "Length of the windows. Default: ${DEFAULT-VALUE}.",
      defaultValue = "15")
  private long windowSeconds;

  @Option(
      names = "--windows",
      paramLabel = "N",
      description = "Windows before the shift. Default: ${DEFAULT-VALUE}.",
      defaultValue = "4")
  private int windows;

  @Option(
      names = "--data",
      paramLabel = "FILE.csv",
      description =
          "Rows with the columns text and category (or label), to train a model on and to send;"
              + " those that it is not trained on are sent. Default: the sample data.")
  private @Nullable Path data;

  @Option(
      names = "--shift",
      paramLabel = "FILE.csv",
      description = "Rows that come after the shift; with --data.")
  private @Nullable Path shift;

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

  DriftDemoCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws Exception {
    DriftOptions options = options();
    ProcessSetup.logTo(workspace.log("demo-drift"));
    Shutdown shutdown = Shutdown.install();
    try {
      return new DriftDemo(options, workspace, terminal, shutdown).run() ? 0 : 1;
    } catch (Exception e) {
      if (shutdown.begun()) {
        return 1;
      }
      throw e;
    }
  }

  private DriftOptions options() {
    try {
      return new DriftOptions(
          rate,
          Duration.ofSeconds(windowSeconds),
          windows,
          data,
          shift,
          seed,
          summary,
          keepRunning);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(Objects.requireNonNull(spec).commandLine(), e.getMessage(), e);
    }
  }
}
