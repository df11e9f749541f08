package io.millrace.local.cluster.upgrade;

import java.nio.file.Path;
import java.util.List;

/**
 * What a job is run from.
 *
 * @param jar with a main class
 * @param arguments of its main method
 * @param parallelism of the job
 */
public record Release(Path jar, List<String> arguments, int parallelism) {

  public Release {
    arguments = List.copyOf(arguments);
  }
}
