package io.millrace.local.cluster;

import io.millrace.local.terminal.CommandFailedException;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What the processes are made of: what {@code deploy/docker} lays out for the images.
 *
 * @param target that module's {@code target} directory
 */
public record ClusterArtifacts(Path target) {

  private static final String ROOT_PROPERTY = "millrace.root";

  /** Those of the build that this command belongs to. */
  public static ClusterArtifacts ofThisBuild() {
    return new ClusterArtifacts(
        Path.of(System.getProperty(ROOT_PROPERTY, ""))
            .toAbsolutePath()
            .resolve("deploy/docker/target"));
  }

  /**
   * Checks that they were built.
   *
   * @throws CommandFailedException names what is missing
   */
  public void requireThere() {
    for (Path needed : new Path[] {flink(), flinkLib(), inferenceJar(), webhooksJar(), apiJar()}) {
      if (!Files.exists(needed)) {
        throw new CommandFailedException(
            "There is no %s. Build it with: mvn -pl deploy/docker -am -DskipTests package"
                .formatted(needed));
      }
    }
  }

  private Path flink() {
    return target.resolve("flink");
  }

  private Path flinkLib() {
    return target.resolve("image/flink-lib");
  }

  public Path inferenceJar() {
    return target.resolve("image/jobs/millrace-inference.jar");
  }

  public Path webhooksJar() {
    return target.resolve("image/jobs/millrace-webhooks.jar");
  }

  Path apiJar() {
    return target.resolve("image/api/millrace-ingress-api.jar");
  }

  /** Flink, and what belongs beside it. */
  String flinkClassPath() {
    return String.join(
        File.pathSeparator, flink().resolve("*").toString(), flinkLib().resolve("*").toString());
  }
}
