package io.millrace.local.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;

/**
 * The checkpoints that jobs of this stack left, {@code <root>/<job id>/chk-<n>/_metadata}. Each
 * start of the stack is a new job with a directory of its own, restored from the newest checkpoint
 * of all (claim mode {@code NO_CLAIM}: its first checkpoint needs nothing of the old ones).
 */
public final class Checkpoints {

  private static final String METADATA = "_metadata";
  private static final String CHECKPOINT_PREFIX = "chk-";

  private final Path root;

  public Checkpoints(Path root) {
    this.root = root;
  }

  /** The directory of the newest completed checkpoint; one without metadata is not complete. */
  public Optional<Path> newest() {
    return children(root).stream()
        .flatMap(job -> completed(job).stream())
        .max(Comparator.comparing(Checkpoints::completedAt).thenComparingLong(Checkpoints::number));
  }

  /**
   * The newest of the checkpoints here and of the savepoints in a directory, {@code
   * <directory>/savepoint-<id>/_metadata}.
   */
  public Optional<Path> newest(Path savepoints) {
    return Stream.concat(
            newest().stream(),
            children(savepoints).stream()
                .filter(savepoint -> Files.isRegularFile(savepoint.resolve(METADATA))))
        .max(Comparator.comparing(Checkpoints::completedAt));
  }

  /** Whether a job has completed a checkpoint. */
  public boolean hasCompleted(String jobId) {
    return !completed(root.resolve(jobId)).isEmpty();
  }

  /** Deletes the checkpoints of all other jobs. */
  public void deleteAllBut(String jobId) throws IOException {
    for (Path job : children(root)) {
      if (!job.getFileName().toString().equals(jobId)) {
        FileUtils.deleteDirectory(job.toFile());
      }
    }
  }

  private static List<Path> completed(Path job) {
    return children(job).stream()
        .filter(child -> child.getFileName().toString().matches(CHECKPOINT_PREFIX + "\\d{1,18}"))
        .filter(checkpoint -> Files.isRegularFile(checkpoint.resolve(METADATA)))
        .toList();
  }

  private static long number(Path checkpoint) {
    return Long.parseLong(
        checkpoint.getFileName().toString().substring(CHECKPOINT_PREFIX.length()));
  }

  private static FileTime completedAt(Path checkpoint) {
    try {
      return Files.getLastModifiedTime(checkpoint.resolve(METADATA));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the checkpoint " + checkpoint, e);
    }
  }

  private static List<Path> children(Path directory) {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> children = Files.list(directory)) {
      return children.filter(Files::isDirectory).toList();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the checkpoint directory " + directory, e);
    }
  }
}
