package io.millrace.local.bench;

import io.millrace.local.data.Utterances;
import io.millrace.local.demo.SummaryFiles;
import io.millrace.local.models.TrainingDisplay;
import io.millrace.local.stack.Shutdown;
import io.millrace.local.terminal.Style;
import io.millrace.local.terminal.Terminal;
import io.millrace.local.workspace.ProcessSetup;
import io.millrace.local.workspace.Workspace;
import io.millrace.training.SampleModel;
import java.nio.file.Files;
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

/** {@code millrace bench drift}. */
@Command(
    name = "drift",
    description =
        "Drains distinct texts through the whole job with the int8 variant of the sample model, with"
            + " drift computed and without, in turn; quality and cost are computed in both. Prints the ratio of the"
            + " throughputs; the first quarter of each run does not count.",
    sortOptions = false)
final class DriftBenchCommand implements Callable<Integer> {

  private static final double LEAST_RATIO = 0.95;

  @Option(
      names = "--repeat",
      paramLabel = "N",
      description = "Runs of each setting. Default: ${DEFAULT-VALUE}.",
      defaultValue = "3")
  private int repeat;

  @Option(
      names = "--requests",
      paramLabel = "N",
      description = "Texts of a run. Default: ${DEFAULT-VALUE}.",
      defaultValue = "20000")
  private int requests;

  @Option(
      names = "--data",
      paramLabel = "FILE.csv",
      description = "Texts in a column text. Default: the sample data.")
  private @Nullable Path data;

  @Option(
      names = "--summary",
      paramLabel = "FILE.json",
      description = "Also write the figures here.")
  private @Nullable Path summary;

  @Mixin private Workspace workspace = new Workspace();

  @Spec private @Nullable CommandSpec spec;

  private final Terminal terminal;

  DriftBenchCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws Exception {
    require(repeat >= 1 && repeat <= 100, "--repeat", "1 to 100", repeat);
    require(requests >= 100 && requests <= 1_000_000, "--requests", "100 to 1000000", requests);
    SummaryFiles.requireWritable(summary);
    ProcessSetup.logTo(workspace.log("bench-drift"));
    ProcessSetup.nativeLibrariesIn(workspace.root().resolve("native"));
    Shutdown shutdown = Shutdown.install();
    Path repository = workspace.bench().resolve("int8");
    try (TrainingDisplay display = new TrainingDisplay(terminal)) {
      var unused = SampleModel.installQuantised(repository, display);
    }
    Drain drain =
        new Drain(
            workspace.bench().resolve("stack"),
            repository,
            SampleModel.QUANTISED,
            Utterances.read(data),
            requests,
            terminal);
    try {
      report(new DriftBench(settings -> drain.run(settings, shutdown), repeat, terminal).run());
      return 0;
    } catch (Exception e) {
      if (shutdown.begun()) {
        return 1;
      }
      throw e;
    }
  }

  private void report(DriftBenchSummary result) throws Exception {
    terminal.line();
    terminal.line(
        terminal.styled(
            result.ratio().median() >= LEAST_RATIO ? Style.GREEN : Style.YELLOW,
            "With drift on: %.3f of the throughput without (%.3f to %.3f); load average %.1f"
                .formatted(
                    result.ratio().median(),
                    result.ratio().min(),
                    result.ratio().max(),
                    result.loadAverage())));
    if (summary != null) {
      Files.writeString(summary, result.toJson());
    }
  }

  private void require(boolean holds, String option, String expected, Object found) {
    if (!holds) {
      throw new ParameterException(
          Objects.requireNonNull(spec).commandLine(),
          "Invalid value for option '%s': expected %s, found %s"
              .formatted(option, expected, found));
    }
  }
}
