package io.millrace.ingress.access;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The API keys as the file has them now. A change is seen within {@link #INTERVAL}; a file that is
 * gone or not valid changes nothing.
 */
public final class LiveKeys implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(LiveKeys.class);

  /** How often the file is looked at. */
  static final Duration INTERVAL = Duration.ofSeconds(1);

  private final @Nullable KeysFile file;
  private final AccessMetrics metrics;
  private final @Nullable ScheduledExecutorService scheduler;
  private volatile Snapshot snapshot = new Snapshot("", AccessKeys.NONE, Map.of());
  private String lastFailure = "";

  private LiveKeys(@Nullable KeysFile file, AccessMetrics metrics) {
    this.file = file;
    this.metrics = metrics;
    this.scheduler =
        file == null
            ? null
            : Executors.newSingleThreadScheduledExecutor(
                task -> {
                  Thread thread = new Thread(task, "ingress-keys");
                  thread.setDaemon(true);
                  return thread;
                });
  }

  /** Without API keys: everybody may do everything. */
  static LiveKeys off(AccessMetrics metrics) {
    return new LiveKeys(null, metrics);
  }

  /**
   * Reads the file, and again whenever it changes.
   *
   * @throws IllegalArgumentException when it is not valid or holds no key
   */
  static LiveKeys of(KeysFile file, AccessMetrics metrics) {
    String text = file.text();
    AccessKeys keys = file.parse(text);
    if (keys.keys().isEmpty()) {
      throw new IllegalArgumentException(
          "keys file %s: expected at least one key; millrace keys create makes one"
              .formatted(file.path()));
    }
    LiveKeys live = new LiveKeys(file, metrics);
    live.take(text, keys);
    live.watch();
    return live;
  }

  /** Reads the file of the settings; off when they name none. */
  public static LiveKeys open(Optional<KeysFile> file, AccessMetrics metrics) {
    return file.map(keys -> of(keys, metrics)).orElseGet(() -> off(metrics));
  }

  /** Whether callers need a key. */
  public boolean areRequired() {
    return file != null;
  }

  /** The key of an id, now. */
  Optional<ApiKey> find(String id) {
    return Optional.ofNullable(snapshot.byId.get(id));
  }

  /** A tenant's quota, now; empty for no limit. */
  public Optional<Quota> quota(String tenant) {
    return Optional.ofNullable(snapshot.keys.quotas().get(tenant));
  }

  private void watch() {
    if (scheduler != null) {
      var unused =
          scheduler.scheduleWithFixedDelay(
              this::look, INTERVAL.toMillis(), INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void look() {
    if (file == null) {
      return;
    }
    try {
      // The whole file, which is small: its time alone may miss a change, or a link that moved.
      String text = file.text();
      if (!text.equals(snapshot.text)) {
        take(text, file.parse(text));
        log.info("The API keys were read again: {} keys", snapshot.keys.keys().size());
      }
      lastFailure = "";
    } catch (RuntimeException e) {
      metrics.reloadFailed();
      String failure = String.valueOf(e.getMessage());
      if (!failure.equals(lastFailure)) {
        log.error("The API keys stay as they were: {}", failure);
        lastFailure = failure;
      }
    }
  }

  private void take(String text, AccessKeys keys) {
    snapshot = new Snapshot(text, keys, keys.byId());
    metrics.showKeys(keys.keys().size());
  }

  @Override
  public void close() {
    if (scheduler != null) {
      scheduler.shutdownNow();
    }
  }

  private record Snapshot(String text, AccessKeys keys, Map<String, ApiKey> byId) {}
}
