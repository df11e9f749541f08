package io.millrace.models.packages;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Reads and writes {@code model.yaml}. Reading is strict: an unknown, missing or repeated key is
 * refused by its name. Equal manifests give equal bytes.
 */
public final class ManifestFormat {

  /** A manifest is at most this large. */
  public static final int MAX_BYTES = 1 << 20;

  private static final ObjectMapper YAML =
      YAMLMapper.builder(
              YAMLFactory.builder()
                  .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
                  .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
                  .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                  .disable(YAMLGenerator.Feature.SPLIT_LINES)
                  .build())
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .serializationInclusion(JsonInclude.Include.NON_NULL)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .build();

  private ManifestFormat() {}

  /**
   * Reads and checks a manifest.
   *
   * @throws IllegalArgumentException names the key and says what was expected
   */
  static ModelManifest read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return read(in.readNBytes(MAX_BYTES + 1));
    }
  }

  /**
   * Reads and checks a manifest: the names in {@code files} stay inside the package.
   *
   * @throws IllegalArgumentException names the key and says what was expected
   */
  public static ModelManifest read(byte[] yaml) {
    if (yaml.length > MAX_BYTES) {
      throw new IllegalArgumentException("larger than " + MAX_BYTES + " bytes");
    }
    try {
      JsonNode tree = YAML.readTree(new String(yaml, StandardCharsets.UTF_8));
      requireKeys(tree);
      ModelManifest manifest = YAML.treeToValue(tree, ModelManifest.class);
      ManifestRules.check(manifest);
      return manifest;
    } catch (JsonMappingException e) {
      throw new IllegalArgumentException(describe(e), e);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("no valid YAML: " + e.getOriginalMessage(), e);
    }
  }

  static void write(ModelManifest manifest, Path file) throws IOException {
    Files.writeString(file, YAML.writeValueAsString(manifest), StandardCharsets.UTF_8);
  }

  private static void requireKeys(JsonNode tree) {
    require(
        tree,
        "",
        List.of(
            "name",
            "version",
            "task",
            "engine",
            "device",
            "inputs",
            "outputs",
            "batching",
            "labels",
            "files"));
    requireEach(tree, "inputs");
    requireEach(tree, "outputs");
    if (tree.hasNonNull("text")) {
      require(tree.get("text"), "text.", List.of("max_length"));
    }
    require(
        tree.get("batching"),
        "batching.",
        List.of("max_batch_size", "max_batch_tokens", "length_buckets"));
    if (tree.hasNonNull("baseline")) {
      require(
          tree.get("baseline"), "baseline.", List.of("rows", "accuracy", "macro_f1", "log_loss"));
    }
    if (tree.hasNonNull("training")) {
      require(tree.get("training"), "training.", List.of("encoder", "data", "data_sha256", "rows"));
    }
  }

  private static void requireEach(JsonNode tree, String key) {
    JsonNode tensors = tree.get(key);
    for (int i = 0; i < tensors.size(); i++) {
      require(tensors.get(i), key + "[" + i + "].", List.of("name", "datatype", "shape"));
    }
  }

  private static void require(JsonNode node, String prefix, List<String> keys) {
    for (String key : keys) {
      if (!node.hasNonNull(key)) {
        throw new IllegalArgumentException("key '" + prefix + key + "' is missing");
      }
    }
  }

  private static String describe(JsonMappingException e) {
    String key =
        e.getPath().stream()
            .map(
                reference ->
                    reference.getFieldName() == null
                        ? "[" + reference.getIndex() + "]"
                        : "." + reference.getFieldName())
            .collect(Collectors.joining())
            .replaceFirst("^\\.", "");
    if (e instanceof UnrecognizedPropertyException unknown) {
      return "key '%s' is unknown, expected one of %s"
          .formatted(key, unknown.getKnownPropertyIds());
    }
    return "key '%s': %s".formatted(key, e.getOriginalMessage());
  }
}
