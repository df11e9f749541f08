package io.millrace.local.cluster;

import io.millrace.local.terminal.CommandFailedException;
import io.millrace.models.simulated.SimulatedRemoteCallEngine;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.CodeSource;

/** Where classes of this process come from. */
final class ClassPaths {

  private ClassPaths() {}

  /** The whole class path of this process. */
  static String ofThisProcess() {
    return System.getProperty("java.class.path");
  }

  /** The jar or directory that holds this command: Flink finds the reporter of metrics there. */
  static Path ofThisModule() {
    return of(ClassPaths.class);
  }

  /** Models that go wrong on purpose, or stand in for others; there for chaos and benchmarks. */
  static Path ofFaultyModels() {
    return of(SimulatedRemoteCallEngine.class);
  }

  /** The jar or directory that holds a class. */
  private static Path of(Class<?> type) {
    CodeSource source = type.getProtectionDomain().getCodeSource();
    try {
      return Path.of(source.getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new CommandFailedException("Cannot tell where " + type + " comes from", e);
    }
  }
}
