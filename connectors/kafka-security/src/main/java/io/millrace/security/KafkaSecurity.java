package io.millrace.security;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.provider.FileConfigProvider;

/**
 * How a client proves to Kafka who it is, and knows that it talks to Kafka: the settings {@code
 * security.*}, {@code sasl.*} and {@code ssl.*} of a properties file, as Kafka's own tools take it.
 *
 * <p>What it hands to clients has no secret in it, so that it may go into a job graph: a secret
 * that stands in the file is handed on as a reference to the file, which Kafka's config provider
 * resolves where the client is made. A value may also be a reference of the operator's own, such as
 * {@code ${file:/run/secrets/kafka:password}}, with {@code config.providers} in the file.
 */
public final class KafkaSecurity {

  /** Instead of a file: plain text, and nobody proves anything. */
  public static final String NONE = "none";

  private static final List<String> PREFIXES =
      List.of("security.", "sasl.", "ssl.", "config.providers");
  private static final String PROVIDERS = "config.providers";
  private static final String PROVIDER = "millrace";

  private final Map<String, String> settings;

  private KafkaSecurity(Map<String, String> settings) {
    this.settings = Map.copyOf(settings);
  }

  /** Plain text, and nobody proves anything. */
  public static KafkaSecurity none() {
    return new KafkaSecurity(Map.of());
  }

  /**
   * Reads a file, unless it is {@link #NONE}.
   *
   * @param file a Java properties file, at the same path wherever the clients are made
   * @throws IllegalArgumentException when it cannot be read or has settings that are not of
   *     security; says which, and repeats no value
   */
  public static KafkaSecurity of(String file) {
    return file.equals(NONE) ? none() : read(Path.of(file).toAbsolutePath());
  }

  private static KafkaSecurity read(Path file) {
    if (file.toString().matches(".*[:}].*")) {
      throw new IllegalArgumentException(
          "the path %s must have no ':' and no '}', which references to it end with"
              .formatted(file));
    }
    Map<String, String> settings = new TreeMap<>();
    load(file)
        .forEach(
            (name, value) -> {
              String key = name.toString();
              if (PREFIXES.stream().noneMatch(key::startsWith)) {
                throw new IllegalArgumentException(
                    "%s has the key %s, expected only security.*, sasl.*, ssl.* and config.providers"
                        .formatted(file, key));
              }
              settings.put(key, value.toString());
            });
    return new KafkaSecurity(referring(settings, file));
  }

  private static Properties load(Path file) {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      properties.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      // The parser's own message may repeat a part of the file.
      throw new IllegalArgumentException(
          "cannot read the properties file %s (%s)".formatted(file, e.getClass().getSimpleName()),
          e instanceof IOException ? e : null);
    }
    return properties;
  }

  private static Map<String, String> referring(Map<String, String> settings, Path file) {
    List<String> providers =
        Arrays.stream(settings.getOrDefault(PROVIDERS, "").split(","))
            .map(String::trim)
            .filter(name -> !name.isEmpty())
            .collect(Collectors.toList());
    Map<String, String> referring = new TreeMap<>(settings);
    referring.replaceAll(
        (key, value) ->
            isSecret(key) && providers.stream().noneMatch(name -> value.contains("${" + name + ":"))
                ? "${%s:%s:%s}".formatted(PROVIDER, file, key)
                : value);
    if (!referring.equals(settings)) {
      providers.add(PROVIDER);
      referring.put(PROVIDERS, String.join(",", providers));
      referring.put(
          "%s.%s.class".formatted(PROVIDERS, PROVIDER), FileConfigProvider.class.getName());
    }
    return referring;
  }

  /** What Kafka does not know may be anything, such as the option of a login module. */
  private static boolean isSecret(String key) {
    ConfigDef.ConfigKey known = AdminClientConfig.configDef().configKeys().get(key);
    return !key.startsWith(PROVIDERS) && (known == null || known.type == ConfigDef.Type.PASSWORD);
  }

  /** The settings, none of them a secret; to be put under those of a client. */
  public Map<String, String> settings() {
    return settings;
  }

  /**
   * Checks that a client can be made of them, without a broker.
   *
   * @throws IllegalArgumentException names the setting that stands against it
   */
  public void verify() {
    if (!settings.isEmpty()) {
      ClientTrial.of(settings);
    }
  }

  /** The names alone. */
  @Override
  public String toString() {
    return "KafkaSecurity" + settings.keySet();
  }
}
