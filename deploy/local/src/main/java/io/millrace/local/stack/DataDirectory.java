package io.millrace.local.stack;

import io.millrace.local.terminal.CommandFailedException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.apache.commons.io.FileUtils;

/**
 * Everything that a local stack keeps, claimed by one stack at a time. The claim is a file lock, so
 * it ends with the process, however that dies.
 */
public final class DataDirectory implements AutoCloseable {

  private static final String LOCK_FILE = "millrace.lock";
  private static final String TEMPORARY = "tmp";

  private final Path path;
  private final FileChannel lock;

  private DataDirectory(Path path, FileChannel lock) {
    this.path = path;
    this.lock = lock;
  }

  /**
   * Creates the directory when it is missing, claims it, and empties its temporary files.
   *
   * @throws CommandFailedException when another stack uses it, or it cannot be used
   */
  public static DataDirectory claim(Path directory) {
    try {
      Path path = Files.createDirectories(directory).toRealPath();
      DataDirectory claimed = new DataDirectory(path, lock(path));
      FileUtils.deleteDirectory(claimed.temporary().toFile());
      Files.createDirectories(claimed.temporary());
      return claimed;
    } catch (IOException e) {
      throw new CommandFailedException(
          "Cannot use " + directory + " as the data directory: " + e.getMessage(), e);
    }
  }

  private static FileChannel lock(Path path) throws IOException {
    FileChannel channel =
        FileChannel.open(
            path.resolve(LOCK_FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return channel;
      }
    } catch (OverlappingFileLockException e) {
      // This process has it already.
    }
    channel.close();
    throw new CommandFailedException(
        "Another Millrace is running on the data directory "
            + path
            + ". Stop it, or choose another directory with --data-dir");
  }

  /**
   * Forgets all that earlier stacks kept here.
   *
   * @throws CommandFailedException when a file cannot be deleted
   */
  public void clear() {
    try {
      for (Path part : new Path[] {kafka(), redis(), checkpoints(), webhookCheckpoints()}) {
        FileUtils.deleteDirectory(part.toFile());
      }
    } catch (IOException e) {
      throw new CommandFailedException("Cannot empty " + path + ": " + e.getMessage(), e);
    }
  }

  public Path path() {
    return path;
  }

  public Path kafka() {
    return path.resolve("kafka");
  }

  public Path redis() {
    return path.resolve("redis");
  }

  public Path checkpoints() {
    return path.resolve("checkpoints");
  }

  public Path webhookCheckpoints() {
    return path.resolve("webhook-checkpoints");
  }

  /** What signs the webhooks: other than the rest it is never cleared, for receivers know it. */
  public Path webhookSecrets() {
    return path.resolve("webhook-secrets.yaml");
  }

  /** Where this process puts what it need not keep. */
  public Path temporary() {
    return path.resolve(TEMPORARY);
  }

  /** Gives the directory up. */
  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException e) {
      throw new CommandFailedException("Cannot release " + path + ": " + e.getMessage(), e);
    }
  }
}
