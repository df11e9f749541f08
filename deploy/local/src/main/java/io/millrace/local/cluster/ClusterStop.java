package io.millrace.local.cluster;

import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stops a cluster from another process; also one whose supervisor is dead. */
public final class ClusterStop {

  private static final Logger LOG = LoggerFactory.getLogger(ClusterStop.class);

  /** Six kinds of parts, each with its grace. */
  private static final Duration SUPERVISOR = Duration.ofMinutes(3);

  private final Path directory;
  private final Consumer<String> listener;

  /**
   * A way to stop.
   *
   * @param listener hears what was done
   */
  public ClusterStop(Path directory, Consumer<String> listener) {
    this.directory = directory;
    this.listener = listener;
  }

  /**
   * Stops all parts and waits until they have ended.
   *
   * @return whether anything ran
   */
  public boolean stop() throws InterruptedException {
    ClusterState state = ClusterState.find(directory).orElse(null);
    if (state == null || !state.isAlive()) {
      return false;
    }
    ProcessHandle supervisor = state.supervisor().find().orElse(null);
    if (supervisor != null && supervisor.destroy()) {
      listener.accept("The supervisor stops the parts");
      if (!PartStop.awaitEnd(state.supervisor(), SUPERVISOR)) {
        LOG.warn("The supervisor did not end in {}, killing it", SUPERVISOR);
        supervisor.destroyForcibly();
      }
    } else {
      listener.accept("The supervisor is dead; stopping what it left");
    }
    // What it could not stop, or what outlived it.
    ClusterState left = ClusterState.read(directory);
    new PartStop(listener).stop(left.parts());
    left.stopped().write(directory);
    return true;
  }
}
