package io.millrace.local.cluster;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Ends the processes of parts, kind by kind: the API first, so that nothing is accepted that nobody
 * would answer, the broker last. Only processes that are what they were recorded as are touched.
 */
final class PartStop {

  /** The API finishes its requests, the broker writes what it has. */
  private static final Duration GRACE = Duration.ofSeconds(20);

  private static final List<PartKind> ORDER =
      List.of(
          PartKind.API,
          PartKind.JOB_MANAGER,
          PartKind.TASK_MANAGER,
          PartKind.ZOOKEEPER,
          PartKind.REDIS,
          PartKind.BROKER);

  private final Duration grace;
  private final LongSupplier nanoTicker;
  private final Consumer<String> listener;

  /**
   * A way to stop.
   *
   * @param listener hears what was done
   */
  PartStop(Consumer<String> listener) {
    this(GRACE, System::nanoTime, listener);
  }

  PartStop(Duration grace, LongSupplier nanoTicker, Consumer<String> listener) {
    this.grace = grace;
    this.nanoTicker = nanoTicker;
    this.listener = listener;
  }

  /** Ends all of them that live. */
  void stop(List<Part> parts) throws InterruptedException {
    for (PartKind kind : ORDER) {
      end(parts.stream().filter(part -> part.kind() == kind).toList());
    }
  }

  private void end(List<Part> parts) throws InterruptedException {
    List<Part> told = new ArrayList<>();
    for (Part part : parts) {
      Optional<ProcessHandle> process = part.identity().find();
      if (process.isPresent() && process.get().destroy()) {
        listener.accept("Stopping " + part.name());
        told.add(part);
      }
    }
    long deadline = nanoTicker.getAsLong() + grace.toNanos();
    for (Part part : told) {
      if (!awaitEnd(part.identity(), Duration.ofNanos(deadline - nanoTicker.getAsLong()))) {
        listener.accept(
            "%s did not end in %d s, killing it".formatted(part.name(), grace.toSeconds()));
        part.identity().find().ifPresent(ProcessHandle::destroyForcibly);
        boolean unused = awaitEnd(part.identity(), grace);
      }
    }
  }

  /** Whether the process has ended in time. */
  static boolean awaitEnd(ProcessIdentity process, Duration within) throws InterruptedException {
    Optional<ProcessHandle> handle = process.find();
    if (handle.isEmpty()) {
      return true;
    }
    try {
      var unused = handle.get().onExit().get(Math.max(0, within.toMillis()), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return !process.isAlive();
    } catch (ExecutionException e) {
      throw new IllegalStateException("Cannot wait for process " + process.pid(), e);
    }
  }
}
