package io.millrace.local.demo;

import static io.millrace.local.terminal.OptionCheck.require;

import io.millrace.local.stack.Shutdown;
import io.millrace.local.terminal.Terminal;
import io.millrace.local.workspace.ProcessSetup;
import io.millrace.local.workspace.Workspace;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code millrace demo hot-swap}: the version in production changes under load. */
@Command(
    name = "hot-swap",
    description =
        "Starts everything, sends requests at a steady rate, and changes the version in production"
            + " again and again; each is unloaded in between. Compares the latency with that"
            + " without changes. Exits with 1 when a request fails.",
    sortOptions = false)
final class HotSwapCommand implements Callable<Integer> {

  private static final double MAX_RATE = 10_000;
  private static final int MAX_SWAPS = 10_000;

  @Option(
      names = "--swaps",
      paramLabel = "N",
      description = "Changes in a row. Default: ${DEFAULT-VALUE}.",
      defaultValue = "20")
  private int swaps;

  @Option(
      names = "--rate",
      paramLabel = "R",
      description = "Requests a second, at random times. Default: ${DEFAULT-VALUE}.",
      defaultValue = "40")
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

  @Mixin private Workspace workspace = new Workspace();

  @Spec private @Nullable CommandSpec spec;

  private final Terminal terminal;

  HotSwapCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws Exception {
    require(spec, rate > 0 && rate <= MAX_RATE, "--rate", "above 0, at most 10000", rate);
    require(spec, swaps >= 1 && swaps <= MAX_SWAPS, "--swaps", "1 to 10000", swaps);
    ProcessSetup.logTo(workspace.log("demo-hot-swap"));
    Shutdown shutdown = Shutdown.install();
    try {
      return new HotSwapDemo(swaps, rate, seed, summary, workspace, terminal, shutdown).run()
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
