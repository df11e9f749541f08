package io.millrace.local.cluster;

import io.millrace.local.terminal.CommandFailedException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Waits for parts to serve, and gives up on one that does not stay up. */
final class StartWatch {

  private static final Duration POLL_INTERVAL = Duration.ofMillis(100);
  private static final int LINES = 12;

  private final ClusterLayout layout;
  private final Process supervisor;
  private final Duration timeout;
  private final LongSupplier nanoTicker;

  StartWatch(ClusterLayout layout, Process supervisor, Duration timeout, LongSupplier nanoTicker) {
    this.layout = layout;
    this.supervisor = supervisor;
    this.timeout = timeout;
    this.nanoTicker = nanoTicker;
  }

  /** Whether something serves now. */
  interface Check {
    boolean passes() throws Exception;
  }

  /**
   * Waits until parts of a kind serve.
   *
   * @throws CommandFailedException when one ended twice, or time is over; shows the end of its log
   */
  void await(PartKind kind, Check check) throws InterruptedException {
    long deadline = nanoTicker.getAsLong() + timeout.toNanos();
    String problem = "";
    while (true) {
      List<Part> parts = parts(kind);
      try {
        if (!parts.isEmpty() && parts.stream().allMatch(Part::isAlive) && check.passes()) {
          return;
        }
      } catch (InterruptedException e) {
        throw e;
      } catch (Exception e) {
        problem = ": " + e.getMessage();
      }
      for (Part part : parts) {
        if (part.restarts() + (part.state() == PartState.RESTARTING ? 1 : 0) >= 2) {
          throw failed(part.name(), "ended twice, the last time with " + part.lastEnd());
        }
      }
      if (!supervisor.isAlive()) {
        throw failed("supervisor", "ended with exit code " + supervisor.exitValue());
      }
      if (nanoTicker.getAsLong() > deadline) {
        String name = parts.isEmpty() ? "supervisor" : parts.get(parts.size() - 1).name();
        throw failed(name, "does not serve after %d s%s".formatted(timeout.toSeconds(), problem));
      }
      TimeUnit.MILLISECONDS.sleep(POLL_INTERVAL.toMillis());
    }
  }

  private List<Part> parts(PartKind kind) {
    Optional<ClusterState> state = ClusterState.find(layout.root());
    // What an earlier supervisor left does not count.
    return state
        .filter(found -> found.supervisor().pid() == supervisor.pid())
        .map(found -> found.parts(kind))
        .orElse(List.of());
  }

  private CommandFailedException failed(String name, String what) {
    List<String> lines = new ArrayList<>();
    try {
      lines.addAll(LogTail.of(layout.output(name), LINES));
      lines.addAll(LogTail.of(layout.log(name), LINES));
    } catch (IOException e) {
      lines.add("(its log cannot be read: " + e.getMessage() + ")");
    }
    return new CommandFailedException(
        "%s %s. The end of its log, %s:%n%s"
            .formatted(name, what, layout.log(name), String.join(System.lineSeparator(), lines)));
  }
}
