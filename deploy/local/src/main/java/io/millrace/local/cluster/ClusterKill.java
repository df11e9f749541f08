package io.millrace.local.cluster;

import io.millrace.local.terminal.CommandFailedException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Kills a part as a crash would: it has no chance to do anything more. */
public final class ClusterKill {

  private final Path directory;

  /**
   * A way to kill.
   *
   * @param directory the cluster's data directory
   */
  public ClusterKill(Path directory) {
    this.directory = directory;
  }

  /** Kills the first of a kind. */
  public Part kill(PartKind kind) {
    return kill(kind, null);
  }

  /**
   * Kills one.
   *
   * @param index from 1; null for the first
   * @return what was killed
   * @throws CommandFailedException when there is no such part, or it is not running
   */
  public Part kill(PartKind kind, @Nullable Integer index) {
    Part part = ClusterState.read(directory).part(kind, index);
    ProcessHandle process =
        part.identity()
            .find()
            .orElseThrow(
                () ->
                    new CommandFailedException(
                        "%s is not running: %s"
                            .formatted(
                                part.name(),
                                part.lastEnd() == null ? part.state() : part.lastEnd())));
    if (!process.destroyForcibly()) {
      throw new CommandFailedException(
          "Cannot kill %s, process %d".formatted(part.name(), part.pid()));
    }
    return part;
  }
}
