package io.millrace.security;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;

/** Makes a client of settings, to see whether that can be done. */
final class ClientTrial {

  private static final Pattern REFERENCE = Pattern.compile("\\$\\{[^}]+}");
  private static final String LOCATION = ".location";

  /** Nobody listens there, and nobody is called before the first request. */
  private static final String NO_BROKER = "127.0.0.1:1";

  private ClientTrial() {}

  static void of(Map<String, String> settings) {
    Map<String, Object> client = new HashMap<>(settings);
    client.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, NO_BROKER);
    // Nothing is ever connected, so nothing is to be repeated in the logs.
    client.put(CommonClientConfigs.RECONNECT_BACKOFF_MS_CONFIG, 10_000L);
    client.put(CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, 10_000L);
    Map<String, Object> resolved = resolved(client);
    resolved.forEach(ClientTrial::checkResolved);
    resolved.forEach(ClientTrial::checkFile);
    try (Admin admin = Admin.create(client)) {
      // That it could be made is all.
    } catch (KafkaException e) {
      throw new IllegalArgumentException(reason(resolved, e), e);
    }
  }

  private static Map<String, Object> resolved(Map<String, Object> client) {
    try {
      return new AdminClientConfig(client).originals();
    } catch (ConfigException e) {
      throw new IllegalArgumentException(message(e), e);
    }
  }

  /** Kafka takes what it cannot resolve as it stands. */
  private static void checkResolved(String key, Object value) {
    Matcher reference = REFERENCE.matcher(value.toString());
    if (reference.find() && !key.startsWith("config.providers")) {
      throw new IllegalArgumentException(
          "%s: nothing stands where %s refers to".formatted(key, reference.group()));
    }
  }

  private static void checkFile(String key, Object value) {
    if (key.endsWith(LOCATION) && !Files.isReadable(Path.of(value.toString()))) {
      throw new IllegalArgumentException("%s: cannot read the file %s".formatted(key, value));
    }
  }

  private static String reason(Map<String, Object> settings, KafkaException failure) {
    String message = message(failure);
    return settings.entrySet().stream()
        .filter(setting -> setting.getKey().endsWith(LOCATION))
        .filter(setting -> mentions(failure, setting.getValue().toString()))
        .map(setting -> setting.getKey() + ": " + message)
        .findFirst()
        .orElse(message);
  }

  private static boolean mentions(Throwable failure, String text) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (String.valueOf(cause.getMessage()).contains(text)) {
        return true;
      }
    }
    return false;
  }

  /** The innermost one says why. */
  private static String message(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
  }
}
