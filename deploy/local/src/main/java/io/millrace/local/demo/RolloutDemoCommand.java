package io.millrace.local.demo;

import io.millrace.local.stack.Shutdown;
import io.millrace.local.terminal.Terminal;
import io.millrace.local.workspace.ProcessSetup;
import io.millrace.local.workspace.Workspace;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code millrace demo rollout}: a good candidate is promoted, a bad one taken back. */
@Command(
    name = "rollout",
    description =
        "Starts everything, sends requests at a steady rate, and rolls out two candidates: the"
            + " int8 variant of the sample model, which must come to answer everything by itself,"
            + " and one that was trained on shuffled labels, which must be taken back by itself."
            + " Exits with 1 when one of them is not, or a request fails.",
    sortOptions = false)
final class RolloutDemoCommand implements Callable<Integer> {

  private static final double MAX_RATE = 10_000;

  @Option(
      names = "--rate",
      paramLabel = "R",
      description = "Requests a second, at random times. Default: ${DEFAULT-VALUE}.",
      defaultValue = "80")
  private double rate;

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

  RolloutDemoCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws Exception {
    if (!(rate > 0 && rate <= MAX_RATE)) {
      throw new ParameterException(
          Objects.requireNonNull(spec).commandLine(),
          "Invalid value for option '--rate': expected above 0, at most %.0f, found %s"
              .formatted(MAX_RATE, rate));
    }
    ProcessSetup.logTo(workspace.log("demo-rollout"));
    Shutdown shutdown = Shutdown.install();
    try {
      return new RolloutDemo(rate, seed, summary, keepRunning, workspace, terminal, shutdown).run()
          ? 0
          : 1;
    } catch (Exception e) {
      if (shutdown.begun()) {
        return 1;
      }
      throw e;
    }
  }
}
