package io.millrace.local.workspace;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The directory in which the command keeps models, logs and the data of its stacks. */
public final class Workspace {

  /** Set by the {@code millrace} script to the root of the repository. */
  private static final String ROOT_PROPERTY = "millrace.root";

  private static final String DIRECTORY = ".millrace";

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description =
          "Where models, logs and data are kept. Default: .millrace in Millrace's directory, or"
              + " the environment variable MILLRACE_DATA_DIR.",
      defaultValue = "${env:MILLRACE_DATA_DIR:-}")
  private @Nullable Path directory;

  /** The directory itself, absolute. */
  public Path root() {
    Path chosen = directory;
    return chosen == null || chosen.toString().isEmpty()
        ? Path.of(System.getProperty(ROOT_PROPERTY, "")).toAbsolutePath().resolve(DIRECTORY)
        : chosen.toAbsolutePath();
  }

  /** The model repository. */
  public Path models() {
    return root().resolve("models");
  }

  /** The log file of a command. */
  public Path log(String command) {
    return root().resolve("logs").resolve(command + ".log");
  }

  /** What the demo keeps for itself. */
  public Path demo() {
    return root().resolve("demo");
  }

  /** The versions of the sample model that the rollout demo moves: a repository of their own. */
  public Path rolloutModels() {
    return root().resolve("rollout-models");
  }

  /** The models of the drift demo, each in a repository of its own. */
  public Path driftModels() {
    return root().resolve("drift-models");
  }

  /** What the benchmarks keep for themselves. */
  public Path bench() {
    return root().resolve("bench");
  }

  /** What the cluster of processes keeps. */
  public Path cluster() {
    return root().resolve("cluster");
  }

  /** What chaos keeps for itself. */
  public Path chaos() {
    return root().resolve("chaos");
  }
}
