package io.millrace.local.bench.frame;

import static io.millrace.local.terminal.OptionCheck.require;

import io.millrace.local.demo.SummaryFiles;
import io.millrace.local.workspace.Workspace;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of all scenarios; each uses those that mean something to it. */
public final class BenchOptions {

  @Option(
      names = "--repeat",
      paramLabel = "N",
      description = "Rounds: how often each side is measured. Default: ${DEFAULT-VALUE}.",
      defaultValue = "3")
  private int repeat;

  @Option(
      names = "--requests",
      paramLabel = "N",
      description = "Texts, events or requests of a run. Default: the scenario's own.")
  private @Nullable Integer requests;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      description = "How long a load of given rate lasts. Default: the scenario's own.")
  private @Nullable Integer seconds;

  @Option(
      names = "--data",
      paramLabel = "FILE.csv",
      description = "Texts in a column text. Default: the sample data.")
  private @Nullable Path data;

  @Option(
      names = "--trace",
      paramLabel = "FILE.csv",
      description = "latency: arrivals in a column TIMESTAMP, scaled to the rate. Default: none.")
  private @Nullable Path trace;

  @Option(
      names = "--model",
      paramLabel = "FILE.onnx",
      description = "crayfish: the feed-forward network of the Crayfish benchmark.")
  private @Nullable Path model;

  @Option(
      names = "--summary",
      paramLabel = "FILE.json",
      description = "Also write the figures here.")
  private @Nullable Path summary;

  @Mixin private Workspace workspace = new Workspace();

  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec spec;

  /**
   * Looks before minutes of work.
   *
   * @throws ParameterException says what was expected
   */
  public void check() {
    require(spec, repeat >= 1 && repeat <= 100, "--repeat", "1 to 100", repeat);
    require(
        spec,
        requests == null || (requests >= 100 && requests <= 10_000_000),
        "--requests",
        "100 to 10000000",
        requests);
    require(
        spec,
        seconds == null || (seconds >= 1 && seconds <= 3_600),
        "--seconds",
        "1 to 3600",
        seconds);
    SummaryFiles.requireWritable(summary);
  }

  public int repeat() {
    return repeat;
  }

  /** Texts, events or requests of a run. */
  public int requests(int otherwise) {
    return Objects.requireNonNullElse(requests, otherwise);
  }

  /** How long a load lasts. */
  public Duration duration(int otherwiseSeconds) {
    return Duration.ofSeconds(Objects.requireNonNullElse(seconds, otherwiseSeconds));
  }

  /** The file of the texts; null for the sample data. */
  public @Nullable Path data() {
    return data;
  }

  /** The file of the arrivals; null for none. */
  public @Nullable Path trace() {
    return trace;
  }

  /** The file of the network; null for none. */
  public @Nullable Path model() {
    return model;
  }

  /** Where the figures go; null for nowhere. */
  public @Nullable Path summary() {
    return summary;
  }

  public Workspace workspace() {
    return workspace;
  }

  /** The same options on another command line, with another summary. */
  public List<String> arguments(Path otherSummary) {
    List<String> arguments = new ArrayList<>();
    add(arguments, "--repeat", repeat);
    add(arguments, "--requests", requests);
    add(arguments, "--seconds", seconds);
    add(arguments, "--data", data);
    add(arguments, "--trace", trace);
    add(arguments, "--model", model);
    add(arguments, "--summary", otherSummary);
    add(arguments, "--data-dir", workspace.root());
    return arguments;
  }

  private static void add(List<String> arguments, String option, @Nullable Object value) {
    if (value != null) {
      arguments.add(option);
      arguments.add(value.toString());
    }
  }
}
