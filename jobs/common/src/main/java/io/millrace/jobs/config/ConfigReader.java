package io.millrace.jobs.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads the configuration of a job: the defaults, over them a YAML file, over that the environment,
 * over that what the command line sets. The defaults are the resource {@code defaults.yaml} beside
 * the configuration's class.
 */
public final class ConfigReader<T> {

  private static final ObjectMapper YAML =
      YAMLMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .addModule(new SimpleModule().addDeserializer(Duration.class, new DurationDeserializer()))
          .build();

  private final Class<T> type;
  private final String environmentPrefix;

  /**
   * @param type records that check themselves and throw {@link ConfigException}
   * @param environmentPrefix what the names of the job's environment variables start with
   */
  public ConfigReader(Class<T> type, String environmentPrefix) {
    this.type = type;
    this.environmentPrefix = environmentPrefix;
  }

  /**
   * Loads and checks.
   *
   * @param file YAML with the keys that differ from the defaults; null for none
   * @param environment variables; those with another prefix are left alone
   * @throws ConfigException names the key and what was expected of it
   */
  public T load(@Nullable Path file, Map<String, String> environment) {
    return load(file, environment, Map.of());
  }

  /**
   * Loads and checks, with settings over all else.
   *
   * @param file YAML with the keys that differ from the defaults; null for none
   * @param environment variables; those with another prefix are left alone
   * @param settings values by key, dots between its parts
   * @throws ConfigException names the key and what was expected of it
   */
  public T load(
      @Nullable Path file, Map<String, String> environment, Map<String, String> settings) {
    ObjectNode tree = defaults();
    Map<String, String> keys = environmentNames("", tree);
    if (file != null) {
      merge(tree, read(file));
    }
    environment.forEach(
        (name, value) -> {
          if (name.startsWith(environmentPrefix)) {
            String key = keys.get(name);
            if (key == null) {
              throw new ConfigException(name, "expected one of " + keys.keySet());
            }
            set(tree, key, value);
          }
        });
    settings.forEach(
        (key, value) -> {
          if (!keys.containsValue(key)) {
            throw new ConfigException(
                key, "unknown key, expected one of " + new TreeSet<>(keys.values()));
          }
          set(tree, key, value);
        });
    return bind(tree);
  }

  /** The default of each key, dots between its parts, in the order of the resource. */
  public Map<String, String> defaultValues() {
    Map<String, String> values = new LinkedHashMap<>();
    putValues("", defaults(), values);
    return values;
  }

  private static void putValues(String prefix, ObjectNode tree, Map<String, String> values) {
    tree.fields()
        .forEachRemaining(
            entry -> {
              if (entry.getValue() instanceof ObjectNode below) {
                putValues(prefix + entry.getKey() + ".", below, values);
              } else {
                values.put(prefix + entry.getKey(), entry.getValue().asText());
              }
            });
  }

  private T bind(ObjectNode tree) {
    try {
      return YAML.treeToValue(tree, type);
    } catch (UnrecognizedPropertyException e) {
      throw new ConfigException(
          path(e), "unknown key, expected one of " + e.getKnownPropertyIds(), e);
    } catch (JsonMappingException e) {
      if (e.getCause() instanceof ConfigException invalid) {
        throw invalid;
      }
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new ConfigException(path(e), firstLine(cause), e);
    } catch (JsonProcessingException e) {
      throw new ConfigException("", firstLine(e), e);
    }
  }

  private ObjectNode defaults() {
    try (InputStream in = type.getResourceAsStream("defaults.yaml")) {
      return (ObjectNode) YAML.readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ObjectNode read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      JsonNode tree = YAML.readTree(in);
      if (tree.isObject()) {
        return (ObjectNode) tree;
      }
      throw new ConfigException(file.toString(), "expected a YAML mapping of keys to values");
    } catch (JsonProcessingException e) {
      throw new ConfigException(file.toString(), "not YAML: " + firstLine(e), e);
    } catch (IOException e) {
      throw new ConfigException(file.toString(), "cannot be read: " + e, e);
    }
  }

  /** Puts {@code over} on top of {@code tree}, key by key. */
  private static void merge(ObjectNode tree, ObjectNode over) {
    for (Iterator<Map.Entry<String, JsonNode>> it = over.fields(); it.hasNext(); ) {
      Map.Entry<String, JsonNode> entry = it.next();
      if (tree.get(entry.getKey()) instanceof ObjectNode below
          && entry.getValue() instanceof ObjectNode overBelow) {
        merge(below, overBelow);
      } else {
        tree.set(entry.getKey(), entry.getValue());
      }
    }
  }

  /** The key, dots between its parts, that each variable of the environment stands for. */
  private Map<String, String> environmentNames(String prefix, ObjectNode tree) {
    Map<String, String> names = new TreeMap<>();
    tree.fields()
        .forEachRemaining(
            entry -> {
              String key = prefix + entry.getKey();
              if (entry.getValue() instanceof ObjectNode below) {
                names.putAll(environmentNames(key + ".", below));
              } else {
                String name = key.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
                names.put(environmentPrefix + name, key);
              }
            });
    return names;
  }

  private static void set(ObjectNode tree, String key, String value) {
    int dot = key.indexOf('.');
    if (dot < 0) {
      tree.put(key, value);
    } else if (tree.get(key.substring(0, dot)) instanceof ObjectNode below) {
      set(below, key.substring(dot + 1), value);
    }
  }

  private static String path(JsonMappingException e) {
    return e.getPath().stream()
        .map(JsonMappingException.Reference::getFieldName)
        .collect(Collectors.joining("."));
  }

  private static String firstLine(Throwable e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse(e.toString());
  }
}
