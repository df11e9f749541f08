package io.millrace.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A directory that belongs to one running server. The claim is a file lock, so it ends with this
 * process however that dies, and tells a server that is in use from one that was left behind.
 */
final class DataDirectory implements AutoCloseable {

  private static final String LOCK_FILE = "millrace.lock";

  // A second channel on a file that this process has locked would, when closed, drop the lock on
  // POSIX systems; so claims inside one process are told apart before any file is opened.
  private static final Set<Path> CLAIMED = ConcurrentHashMap.newKeySet();

  private final Path path;
  private final FileChannel channel;

  private DataDirectory(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /** Creates the directory when it is missing and claims it. */
  static DataDirectory claim(Path directory) {
    Path path;
    try {
      // Asked first, because Java 17 fails to "create" a symbolic link to a directory.
      if (!Files.isDirectory(directory)) {
        Files.createDirectories(directory);
      }
      path = directory.toRealPath();
    } catch (IOException e) {
      throw new EmbeddedServerException("Cannot use " + directory + " as a data directory", e);
    }
    if (!CLAIMED.add(path)) {
      throw inUse(path);
    }
    boolean claimed = false;
    try {
      DataDirectory result = new DataDirectory(path, lock(path));
      claimed = true;
      return result;
    } finally {
      if (!claimed) {
        CLAIMED.remove(path);
      }
    }
  }

  private static FileChannel lock(Path path) {
    try {
      FileChannel channel =
          FileChannel.open(
              path.resolve(LOCK_FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = channel.tryLock();
      if (lock == null) {
        channel.close();
        throw inUse(path);
      }
      return channel;
    } catch (IOException e) {
      throw new EmbeddedServerException("Cannot lock the data directory " + path, e);
    }
  }

  private static EmbeddedServerException inUse(Path path) {
    return new EmbeddedServerException(
        "The data directory " + path + " is in use by a server that is still running", null);
  }

  /** The absolute path, without symbolic links. */
  Path path() {
    return path;
  }

  /** Gives the directory up. Doing it again does nothing, even when it has a new owner by then. */
  @Override
  public synchronized void close() {
    if (!channel.isOpen()) {
      return;
    }
    try {
      channel.close();
    } catch (IOException e) {
      throw new EmbeddedServerException("Cannot release the data directory " + path, e);
    } finally {
      CLAIMED.remove(path);
    }
  }
}
