package io.millrace.registry;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.millrace.models.ModelVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.flink.core.fs.Path;

/**
 * Names that point at versions of a model, in {@code <model>/aliases.yaml}: {@code champion:
 * 1.0.0}. Unlike packages they change. The last writer counts: file systems have no compare and
 * set.
 */
public final class Aliases {

  /** Starts with a letter, so it never looks like a version. */
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,63}");

  private static final int MAX_BYTES = 1 << 16;

  private static final ObjectMapper YAML =
      YAMLMapper.builder(
              YAMLFactory.builder()
                  .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
                  .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                  .build())
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .build();

  private final RegistryFiles files;

  Aliases(RegistryFiles files) {
    this.files = files;
  }

  /** Whether a text is an alias by its form, and not a version. */
  public static boolean isName(String text) {
    return NAME.matcher(text).matches();
  }

  /**
   * The aliases of a model and the versions that they point at.
   *
   * @throws IOException when {@code aliases.yaml} is not valid; says what was expected
   */
  public SortedMap<String, String> of(String model) throws IOException {
    Path file = files.aliases(requireModel(model));
    if (!files.exists(file)) {
      return Collections.emptySortedMap();
    }
    byte[] yaml = files.read(file, MAX_BYTES + 1);
    try {
      return Collections.unmodifiableSortedMap(parse(model, yaml));
    } catch (JsonProcessingException e) {
      throw new IOException(file + ": no valid YAML: " + e.getOriginalMessage(), e);
    } catch (IllegalArgumentException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }

  /**
   * The version that an alias points at.
   *
   * @throws RegistryException when the model has no such alias; says which there are
   */
  public ModelVersion resolve(String model, String alias) throws IOException, RegistryException {
    SortedMap<String, String> aliases = of(model);
    String version = aliases.get(alias);
    if (version == null) {
      throw new RegistryException(
          "Model %s has no alias '%s'; it has %s".formatted(model, alias, aliases.keySet()));
    }
    return new ModelVersion(model, version);
  }

  /** The aliases that point at a version, in their order. */
  public List<String> at(ModelVersion version) throws IOException {
    return of(version.model()).entrySet().stream()
        .filter(alias -> alias.getValue().equals(version.version()))
        .map(Map.Entry::getKey)
        .toList();
  }

  /**
   * Points an alias at a version.
   *
   * @throws RegistryException when the version is not there, or the name is no alias
   */
  public void set(String alias, ModelVersion version) throws IOException, RegistryException {
    if (!isName(alias)) {
      throw new RegistryException(
          "Not an alias: expected a letter, then lower-case letters, digits and '-'");
    }
    if (!files.exists(files.manifest(version))) {
      throw new RegistryException(
          "There is no " + version + " in " + files.root() + " to point '" + alias + "' at");
    }
    SortedMap<String, String> aliases = new TreeMap<>(of(version.model()));
    aliases.put(alias, version.version());
    write(version.model(), aliases);
  }

  /**
   * Takes an alias away.
   *
   * @throws RegistryException when the model has no such alias
   */
  public void remove(String model, String alias) throws IOException, RegistryException {
    var unused = resolve(model, alias);
    SortedMap<String, String> aliases = new TreeMap<>(of(model));
    aliases.remove(alias);
    write(model, aliases);
  }

  private void write(String model, SortedMap<String, String> aliases) throws IOException {
    files.replace(
        files.aliases(model), YAML.writeValueAsString(aliases).getBytes(StandardCharsets.UTF_8));
  }

  private static SortedMap<String, String> parse(String model, byte[] yaml) throws IOException {
    if (yaml.length > MAX_BYTES) {
      throw new IllegalArgumentException("larger than " + MAX_BYTES + " bytes");
    }
    SortedMap<String, String> aliases = new TreeMap<>();
    String text = new String(yaml, StandardCharsets.UTF_8);
    if (text.isBlank()) {
      return aliases;
    }
    Map<String, String> read = YAML.readValue(text, new TypeReference<Map<String, String>>() {});
    read.forEach(
        (name, version) -> {
          if (!isName(name) || version == null) {
            throw new IllegalArgumentException(
                "expected lines like 'champion: 1.0.0', the key '" + name + "' is none");
          }
          aliases.put(name, new ModelVersion(model, version).version());
        });
    return aliases;
  }

  /** A model's name has no separators, so it leads nowhere else. */
  private static String requireModel(String model) {
    return new ModelVersion(model, "0.0.0").model();
  }
}
