package io.millrace.ingress;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.context.env.Environment;
import io.micronaut.core.bind.annotation.Bindable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * {@code millrace.tls.*}: HTTPS in place of HTTP, on the same port.
 *
 * @param certificate PEM with the server's certificate and those between it and its authority;
 *     {@code none} for HTTP
 * @param key PEM with the key to it, not encrypted
 * @param reloadInterval how often the files are looked at for a new certificate
 */
@ConfigurationProperties("millrace.tls")
public record TlsSettings(
    @Bindable(defaultValue = TlsSettings.NONE) String certificate,
    @Bindable(defaultValue = TlsSettings.NONE) String key,
    @Bindable(defaultValue = "1m") Duration reloadInterval) {

  static final String NONE = "none";

  private static final String PREFIX = "millrace.tls.";

  /** The name by which the server finds its certificate. */
  private static final String NAME = "millrace";

  /**
   * @throws IllegalArgumentException when a file is missing or only one of the two is given; says
   *     the key
   */
  public TlsSettings {
    if (certificate.equals(NONE) != key.equals(NONE)) {
      throw new IllegalArgumentException(
          "%s%s: expected a file, since the other one of certificate and key is given"
              .formatted(PREFIX, key.equals(NONE) ? "key" : "certificate"));
    }
    requireReadable("certificate", certificate);
    requireReadable("key", key);
    Settings.between(
        PREFIX + "reload-interval", reloadInterval, Duration.ofSeconds(1), Duration.ofDays(1));
  }

  private static void requireReadable(String name, String file) {
    if (!file.equals(NONE) && !Files.isReadable(Path.of(file))) {
      throw new IllegalArgumentException(
          "%s%s: cannot read the file %s".formatted(PREFIX, name, file));
    }
  }

  /** What the server is told before it is made; nothing without a certificate. */
  static Map<String, Object> serverProperties(Environment environment) {
    TlsSettings settings =
        new TlsSettings(
            environment.getProperty(PREFIX + "certificate", String.class).orElse(NONE),
            environment.getProperty(PREFIX + "key", String.class).orElse(NONE),
            environment
                .getProperty(PREFIX + "reload-interval", Duration.class)
                .orElse(Duration.ofMinutes(1)));
    if (settings.certificate().equals(NONE)) {
      return Map.of();
    }
    String file = "micronaut.certificate.file.%s.".formatted(NAME);
    String ssl = "micronaut.server.ssl.";
    return Map.of(
        ssl + "enabled",
        true,
        file + "format",
        "pem",
        ssl + "port",
        environment.getProperty("micronaut.server.port", Integer.class).orElse(-1),
        ssl + "key-name",
        NAME,
        ssl + "protocols",
        List.of("TLSv1.3", "TLSv1.2"),
        file + "path",
        settings.key(),
        file + "certificate-path",
        settings.certificate(),
        // Files that Kubernetes mounts are exchanged by symbolic links, which a watcher misses.
        file + "refresh-mode",
        "scheduler",
        file + "refresh-interval",
        settings.reloadInterval());
  }
}
