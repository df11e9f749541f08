package io.millrace.testtools;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * What a program did that ran to its end.
 *
 * @param status its exit status
 * @param output its standard output, taken as UTF-8
 * @param errors its standard error, likewise
 */
public record Finished(int status, String output, String errors) {

  /** Runs a program without input. */
  public static Finished run(ProcessBuilder program, Duration timeout) {
    return run(program, new byte[0], timeout);
  }

  /**
   * Runs a program.
   *
   * @param input its standard input
   * @param timeout after which it is killed
   * @throws AssertionError when the timeout ends before the program; with what it wrote
   */
  public static Finished run(ProcessBuilder program, byte[] input, Duration timeout) {
    try {
      Process process = program.start();
      CompletableFuture<String> output = read(process.getInputStream());
      CompletableFuture<String> errors = read(process.getErrorStream());
      feed(process, input);
      boolean ended = process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS);
      if (!ended) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor();
      }
      Finished finished = new Finished(process.exitValue(), output.get(), errors.get());
      if (!ended) {
        throw new AssertionError("still running after " + timeout + ": " + finished.all());
      }
      return finished;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a program ran", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("reading a program's output failed", e.getCause());
    }
  }

  /** Both outputs, for a failed assertion's message. */
  public String all() {
    return output + errors;
  }

  private static void feed(Process process, byte[] input) throws IOException {
    try (OutputStream stdin = process.getOutputStream()) {
      stdin.write(input);
    } catch (IOException e) {
      // It ended without reading all of its input; its status and errors say why.
      if (process.isAlive() && input.length == 0) {
        throw e;
      }
    }
  }

  private static CompletableFuture<String> read(InputStream stream) {
    return CompletableFuture.supplyAsync(
        () -> {
          try (stream) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        },
        task -> {
          Thread thread = new Thread(task, "program-output");
          thread.setDaemon(true);
          thread.start();
        });
  }
}
