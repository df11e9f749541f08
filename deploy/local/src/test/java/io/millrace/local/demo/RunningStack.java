package io.millrace.local.demo;

import io.millrace.local.stack.DataDirectory;
import io.millrace.local.stack.LocalStack;
import io.millrace.local.stack.Shutdown;
import io.millrace.local.stack.StackAddresses;
import io.millrace.local.stack.StackOptions;
import io.millrace.local.terminal.Terminal;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A stack on free ports in this process, for tests. */
final class RunningStack implements AutoCloseable {

  private final Shutdown shutdown;
  private final LocalStack stack;

  private RunningStack(Shutdown shutdown, LocalStack stack) {
    this.shutdown = shutdown;
    this.stack = stack;
  }

  static RunningStack start(Path data, Path repository, String... models)
      throws InterruptedException {
    return start(data, repository, Map.of(), models);
  }

  /**
   * Starts one.
   *
   * @param jobSettings as variables of the environment
   */
  static RunningStack start(
      Path data, Path repository, Map<String, String> jobSettings, String... models)
      throws InterruptedException {
    Shutdown shutdown = new Shutdown();
    boolean started = false;
    try {
      StackOptions options =
          new StackOptions(0, 0, repository, List.of(models), Map.of(), jobSettings, null)
              .withWebhooksToLoopback();
      DataDirectory directory = shutdown.add("data", DataDirectory.claim(data));
      LocalStack stack = LocalStack.start(options, directory, new SilentStart(), shutdown);
      started = true;
      return new RunningStack(shutdown, stack);
    } finally {
      if (!started) {
        shutdown.close();
      }
    }
  }

  /** For commands whose output nobody reads. */
  static Terminal quiet() {
    return new Terminal(
        new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8), 0, false);
  }

  StackAddresses addresses() {
    return stack.addresses();
  }

  @Override
  public void close() {
    shutdown.close();
  }
}
