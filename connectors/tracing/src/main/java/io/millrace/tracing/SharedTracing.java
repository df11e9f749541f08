package io.millrace.tracing;

import java.util.HashMap;
import java.util.Map;

/**
 * One recorder a process for all who configure it alike: the subtasks of a Flink task manager share
 * nothing but the process, and each recorder has threads and a connection.
 */
public final class SharedTracing {

  private static final Map<Key, Shared> OPEN = new HashMap<>();

  private SharedTracing() {}

  private record Key(String service, String endpoint) {}

  private static final class Shared {
    private final Tracing tracing;
    private int holders;

    Shared(Tracing tracing) {
      this.tracing = tracing;
    }
  }

  /** One user's hold on the recorder. Closing it twice is closing it once. */
  public static final class Lease implements AutoCloseable {

    private final Key key;
    private final Tracing tracing;
    private boolean closed;

    private Lease(Key key, Tracing tracing) {
      this.key = key;
      this.tracing = tracing;
    }

    /** Open until the lease is closed. Do not close it: others use it. */
    public Tracing tracing() {
      return tracing;
    }

    @Override
    public void close() {
      boolean last;
      synchronized (OPEN) {
        last = !closed && release(key);
        closed = true;
      }
      if (last) {
        tracing.close(); // May take its time: others need not wait.
      }
    }
  }

  /** A hold on the recorder; the arguments and failures are those of {@link Tracing#open}. */
  public static Lease acquire(String service, String endpoint) {
    Key key = new Key(service, endpoint);
    synchronized (OPEN) {
      Shared shared =
          OPEN.computeIfAbsent(
              key, any -> new Shared(Tracing.open(service, endpoint, System.getenv())));
      shared.holders++;
      return new Lease(key, shared.tracing);
    }
  }

  /** Whether nobody holds it any more. */
  private static boolean release(Key key) {
    Shared shared = OPEN.get(key);
    if (shared == null || --shared.holders > 0) {
      return false;
    }
    OPEN.remove(key);
    return true;
  }
}
