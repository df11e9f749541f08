package io.millrace.registry;

import java.net.URI;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.FileSystemFactory;

/** Found by Flink for {@code memory://} URIs. */
public final class MemoryFileSystemFactory implements FileSystemFactory {

  @Override
  public String getScheme() {
    return MemoryFileSystem.SCHEME;
  }

  @Override
  public FileSystem create(URI uri) {
    return new MemoryFileSystem(uri);
  }
}
