package io.millrace.registry;

import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.core.fs.BlockLocation;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.fs.FSDataOutputStream;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;

/**
 * Like an object store: objects appear whole, directories are prefixes, nothing is renamed over
 * what is there. Each authority of a URI is a store of its own.
 */
final class MemoryFileSystem extends FileSystem {

  static final String SCHEME = "memory";

  private static final ConcurrentMap<String, MemoryFileSystem.Store> STORES =
      new ConcurrentHashMap<>();

  /** The objects of one authority, what was read of them, and when writing breaks. */
  static final class Store {
    final ConcurrentSkipListMap<String, byte[]> objects = new ConcurrentSkipListMap<>();
    final AtomicInteger opened = new AtomicInteger();
    final AtomicInteger writesLeft = new AtomicInteger(Integer.MAX_VALUE);
  }

  static Store store(String authority) {
    return STORES.computeIfAbsent(authority, absent -> new Store());
  }

  private final URI uri;
  private final Store store;

  MemoryFileSystem(URI uri) {
    this.uri = uri;
    store = store(uri.getAuthority());
  }

  @Override
  public Path getWorkingDirectory() {
    return new Path(uri.resolve("/"));
  }

  @Override
  public Path getHomeDirectory() {
    return getWorkingDirectory();
  }

  @Override
  public URI getUri() {
    return uri;
  }

  @Override
  public FileStatus getFileStatus(Path path) throws IOException {
    byte[] bytes = store.objects.get(key(path));
    if (bytes != null) {
      return new Status(path, bytes.length, false);
    }
    if (below(key(path)).isEmpty()) {
      throw new FileNotFoundException(path.toString());
    }
    return new Status(path, 0, true);
  }

  @Override
  public BlockLocation[] getFileBlockLocations(FileStatus file, long start, long length) {
    return new BlockLocation[0];
  }

  @Override
  public FSDataInputStream open(Path path, int bufferSize) throws IOException {
    return open(path);
  }

  @Override
  public FSDataInputStream open(Path path) throws IOException {
    byte[] bytes = store.objects.get(key(path));
    if (bytes == null) {
      throw new FileNotFoundException(path.toString());
    }
    store.opened.incrementAndGet();
    return new Input(bytes);
  }

  @Override
  public FileStatus[] listStatus(Path path) throws IOException {
    String prefix = key(path) + "/";
    return below(key(path)).keySet().stream()
        .map(key -> key.substring(prefix.length()).replaceAll("/.*", ""))
        .distinct()
        .map(name -> status(new Path(path, name)))
        .toArray(FileStatus[]::new);
  }

  private FileStatus status(Path path) {
    byte[] bytes = store.objects.get(key(path));
    return new Status(path, bytes == null ? 0 : bytes.length, bytes == null);
  }

  @Override
  public boolean delete(Path path, boolean recursive) {
    below(key(path)).clear();
    return store.objects.remove(key(path)) != null;
  }

  @Override
  public boolean mkdirs(Path path) {
    return true;
  }

  @Override
  public FSDataOutputStream create(Path path, WriteMode mode) throws IOException {
    if (mode == WriteMode.NO_OVERWRITE && store.objects.containsKey(key(path))) {
      throw new IOException(path + " exists");
    }
    return new Output(key(path));
  }

  @Override
  public boolean rename(Path from, Path to) {
    byte[] bytes = store.objects.get(key(from));
    if (bytes == null || store.objects.putIfAbsent(key(to), bytes) != null) {
      return false;
    }
    store.objects.remove(key(from));
    return true;
  }

  @Override
  public boolean isDistributedFS() {
    return true;
  }

  private Map<String, byte[]> below(String key) {
    return store.objects.subMap(key + "/", key + "0");
  }

  private static String key(Path path) {
    return path.getPath();
  }

  private final class Output extends FSDataOutputStream {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final String key;

    Output(String key) {
      this.key = key;
    }

    @Override
    public long getPos() {
      return bytes.size();
    }

    @Override
    public void write(int value) {
      bytes.write(value);
    }

    @Override
    public void flush() {}

    @Override
    public void sync() {}

    @Override
    public void close() throws IOException {
      if (store.writesLeft.getAndDecrement() <= 0) {
        throw new IOException("the line is dead");
      }
      store.objects.put(key, bytes.toByteArray());
    }
  }

  private static final class Input extends FSDataInputStream {
    private final byte[] bytes;
    private int position;

    Input(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    public void seek(long desired) {
      position = (int) desired;
    }

    @Override
    public long getPos() {
      return position;
    }

    @Override
    public int read() {
      return position < bytes.length ? bytes[position++] & 0xFF : -1;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
      int read = Math.min(length, bytes.length - position);
      if (read <= 0) {
        return length == 0 ? 0 : -1;
      }
      System.arraycopy(bytes, position, buffer, offset, read);
      position += read;
      return read;
    }
  }

  private record Status(Path path, long length, boolean directory) implements FileStatus {
    @Override
    public long getLen() {
      return length;
    }

    @Override
    public long getBlockSize() {
      return length;
    }

    @Override
    public short getReplication() {
      return 1;
    }

    @Override
    public long getModificationTime() {
      return 0;
    }

    @Override
    public long getAccessTime() {
      return 0;
    }

    @Override
    public boolean isDir() {
      return directory;
    }

    @Override
    public Path getPath() {
      return path;
    }
  }
}
