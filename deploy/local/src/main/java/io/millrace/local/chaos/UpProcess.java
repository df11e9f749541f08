package io.millrace.local.chaos;

import io.millrace.local.stack.AddressFile;
import io.millrace.local.stack.LocalStack;
import io.millrace.local.stack.StackAddresses;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** {@code millrace up} of the sample model in a process of its own, which can be killed. */
public final class UpProcess implements AutoCloseable {

  private static final Duration READY = Duration.ofMinutes(3);
  private static final Duration STOP = Duration.ofSeconds(60);

  private final Process process;
  private final StackAddresses addresses;

  private UpProcess(Process process, StackAddresses addresses) {
    this.process = process;
    this.addresses = addresses;
  }

  /**
   * Starts it and waits until it is ready.
   *
   * @param data its data directory
   * @param apiPort of the API; 0 for any free one
   * @param output where it writes
   */
  public static UpProcess start(Path data, int apiPort, Path output)
      throws IOException, InterruptedException {
    return start(data, apiPort, output, Map.of(), List.of());
  }

  /**
   * The same with variables of the environment.
   *
   * @param environment goes over this process' own
   * @param launcher a command that becomes the one after it, such as {@code nice}; empty for none
   */
  static UpProcess start(
      Path data, int apiPort, Path output, Map<String, String> environment, List<String> launcher)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(launcher);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-Xmx768m", "-XX:+UseParallelGC"));
    command.addAll(List.of("-Dai.djl.offline=true", "-DOPT_OUT_TRACKING=true"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add("io.millrace.local.MillraceCommand");
    command.addAll(List.of("up", "--port", Integer.toString(apiPort), "--flink-port", "0"));
    command.addAll(List.of("--data-dir", data.toString(), "--model", LocalStack.SAMPLE_MODEL));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    return new UpProcess(process, awaitReady(process, data, output, System::nanoTime));
  }

  private static StackAddresses awaitReady(
      Process process, Path data, Path output, LongSupplier nanoTicker)
      throws InterruptedException {
    long deadline = nanoTicker.getAsLong() + READY.toNanos();
    Optional<StackAddresses> ready = AddressFile.read(data);
    while (ready.isEmpty()) {
      if (!process.isAlive() || nanoTicker.getAsLong() > deadline) {
        process.destroyForcibly();
        throw new IllegalStateException("A stack did not start; what it wrote is in " + output);
      }
      TimeUnit.MILLISECONDS.sleep(50);
      ready = AddressFile.read(data);
    }
    return ready.get();
  }

  public StackAddresses addresses() {
    return addresses;
  }

  long pid() {
    return process.pid();
  }

  /** SIGKILL: the process has no chance to do anything more. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** SIGTERM: returns the exit code. */
  public int stop() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IllegalStateException("up did not stop in " + STOP.toSeconds() + " s");
    }
    return process.exitValue();
  }

  @Override
  public void close() throws InterruptedException {
    if (process.isAlive()) {
      int unused = stop();
    }
  }
}
