package io.millrace.ingress.access;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The file of the API keys: YAML with {@code keys} and {@code tenants}. It holds hashes, never
 * secrets. Reading is strict: an unknown, missing or repeated key is refused by its name.
 */
public final class KeysFile {

  private static final int MAX_BYTES = 4 << 20;
  private static final Pattern TENANT = Pattern.compile("[a-z0-9]([a-z0-9._-]{0,62}[a-z0-9])?");

  private static final String HEAD =
      """
      # API keys of Millrace, as hashes; written by `millrace keys`, which keeps no comments.
      # Servers read it again when it changes. docs/security.md explains it.
      """;

  private static final ObjectMapper YAML =
      YAMLMapper.builder(
              YAMLFactory.builder()
                  .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
                  .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
                  .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                  .disable(YAMLGenerator.Feature.SPLIT_LINES)
                  .build())
          .serializationInclusion(JsonInclude.Include.NON_NULL)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final Path path;

  public KeysFile(Path path) {
    this.path = path;
  }

  public Path path() {
    return path;
  }

  /**
   * Reads the file.
   *
   * @throws IllegalArgumentException when it is not there or not valid; names the file and the key
   *     in it, and says what was expected
   */
  public AccessKeys read() {
    return parse(text());
  }

  /** The file as it is now. */
  String text() {
    try {
      if (Files.size(path) > MAX_BYTES) {
        throw invalid("expected at most %d bytes".formatted(MAX_BYTES));
      }
      return new String(Files.readAllBytes(path), StandardCharsets.UTF_8);
    } catch (NoSuchFileException e) {
      throw invalid("there is no such file; millrace keys create makes one");
    } catch (IOException e) {
      throw invalid("cannot be read: " + e);
    }
  }

  AccessKeys parse(String text) {
    try {
      JsonNode tree = YAML.readTree(text);
      // An empty file, or one of comments alone.
      return tree.isMissingNode() || tree.isNull()
          ? AccessKeys.NONE
          : keys(YAML.treeToValue(tree, Document.class));
    } catch (UnrecognizedPropertyException e) {
      throw invalid(
          "%s: unknown key, expected one of %s"
              .formatted(place(e), new TreeSet<>(e.getKnownPropertyIds())));
    } catch (JsonMappingException e) {
      // The message may quote the value; where it is says enough.
      throw invalid("%s: not of the expected form".formatted(place(e)));
    } catch (JsonProcessingException e) {
      throw invalid(
          "no valid YAML%s"
              .formatted(e.getLocation() == null ? "" : " in line " + e.getLocation().getLineNr()));
    }
  }

  private AccessKeys keys(Document document) {
    List<ApiKey> keys = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    List<Key> entries = Objects.requireNonNullElse(document.keys, List.of());
    for (int i = 0; i < entries.size(); i++) {
      ApiKey key = at("keys[%d]".formatted(i), entries.get(i), KeysFile::key);
      if (!ids.add(key.id())) {
        throw invalid("keys[%d].id: another key has the id %s".formatted(i, key.id()));
      }
      keys.add(key);
    }
    Map<String, Quota> quotas = new TreeMap<>();
    Objects.requireNonNullElse(document.tenants, Map.<String, Limits>of())
        .forEach(
            (tenant, limits) ->
                quotas.put(
                    at("tenants", tenant, KeysFile::tenant),
                    at("tenants." + tenant, limits, KeysFile::quota)));
    return new AccessKeys(keys, quotas);
  }

  private <T, R> R at(String place, @Nullable T entry, Function<T, R> reader) {
    try {
      return reader.apply(present("", entry));
    } catch (IllegalArgumentException e) {
      throw invalid(place + "." + e.getMessage());
    }
  }

  private static ApiKey key(Key key) {
    String id = present("id", key.id);
    if (!KeyText.isId(id)) {
      throw new IllegalArgumentException("id: expected 12 lower-case letters and digits");
    }
    String hashed = present("hash", key.hash);
    SecretHash hash;
    try {
      hash = SecretHash.parse(hashed);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("hash: " + e.getMessage(), e);
    }
    return new ApiKey(
        id,
        tenant(present("tenant", key.tenant)),
        scopes(present("scopes", key.scopes)),
        time("created", key.created),
        time("expires", key.expires),
        hash);
  }

  private static Quota quota(Limits limits) {
    double rate = present("requests_per_second", limits.requestsPerSecond);
    return limits.burst == null ? Quota.of(rate) : new Quota(rate, limits.burst);
  }

  /**
   * Checks the name of a tenant.
   *
   * @throws IllegalArgumentException says what was expected
   */
  public static String tenant(String name) {
    if (!TENANT.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "tenant: expected 1 to 64 lower-case letters, digits, '.', '_' and '-', between letters"
              + " or digits");
    }
    return name;
  }

  /**
   * Reads scopes by their names.
   *
   * @throws IllegalArgumentException says what was expected
   */
  public static Set<Scope> scopes(List<String> names) {
    Set<Scope> scopes = EnumSet.noneOf(Scope.class);
    for (String name : names) {
      scopes.add(
          Stream.of(Scope.values())
              .filter(scope -> scope.label().equals(name))
              .findFirst()
              .orElseThrow(KeysFile::unknownScope));
    }
    if (scopes.isEmpty()) {
      throw unknownScope();
    }
    return scopes;
  }

  private static IllegalArgumentException unknownScope() {
    return new IllegalArgumentException(
        "scopes: expected some of "
            + Stream.of(Scope.values()).map(Scope::label).collect(Collectors.joining(", ")));
  }

  private static @Nullable Instant time(String name, @Nullable String text) {
    try {
      return text == null ? null : Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(name + ": expected a time like 2027-01-31T12:00:00Z", e);
    }
  }

  private static <T> T present(String name, @Nullable T value) {
    if (value == null) {
      throw new IllegalArgumentException(name + ": expected a value, found none");
    }
    return value;
  }

  /**
   * Writes the file as a whole, readable by its owner alone; who reads it meanwhile sees the old
   * one or the new one.
   */
  public void write(AccessKeys keys) throws IOException {
    Path directory = Objects.requireNonNull(path.toAbsolutePath().getParent());
    Files.createDirectories(directory);
    // A temporary file is its owner's alone from the start.
    Path next = Files.createTempFile(directory, ".keys-", ".yaml");
    try {
      Files.writeString(next, HEAD + YAML.writeValueAsString(document(keys)));
      Files.move(next, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(next);
    }
  }

  private static Document document(AccessKeys keys) {
    Map<String, Limits> tenants = new TreeMap<>();
    keys.quotas()
        .forEach(
            (tenant, quota) ->
                tenants.put(tenant, new Limits(quota.requestsPerSecond(), quota.burst())));
    return new Document(
        keys.keys().stream().map(KeysFile::entry).toList(), tenants.isEmpty() ? null : tenants);
  }

  private static Key entry(ApiKey key) {
    return new Key(
        key.id(),
        key.tenant(),
        key.scopes().stream().sorted().map(Scope::label).toList(),
        key.createdAt() == null ? null : key.createdAt().toString(),
        key.expiresAt() == null ? null : key.expiresAt().toString(),
        key.hash().toString());
  }

  private IllegalArgumentException invalid(String what) {
    return new IllegalArgumentException("keys file %s: %s".formatted(path, what));
  }

  private static String place(JsonMappingException e) {
    String place =
        e.getPath().stream()
            .map(
                step ->
                    step.getFieldName() == null
                        ? "[%d]".formatted(step.getIndex())
                        : "." + step.getFieldName())
            .collect(Collectors.joining());
    return place.startsWith(".") ? place.substring(1) : place.toLowerCase(Locale.ROOT);
  }

  private record Document(
      @JsonProperty("keys") @Nullable List<@Nullable Key> keys,
      @JsonProperty("tenants") @Nullable Map<String, Limits> tenants) {}

  private record Key(
      @JsonProperty("id") @Nullable String id,
      @JsonProperty("tenant") @Nullable String tenant,
      @JsonProperty("scopes") @Nullable List<String> scopes,
      @JsonProperty("created") @Nullable String created,
      @JsonProperty("expires") @Nullable String expires,
      @JsonProperty("hash") @Nullable String hash) {}

  private record Limits(
      @JsonProperty("requests_per_second") @Nullable Double requestsPerSecond,
      @JsonProperty("burst") @Nullable Long burst) {}
}
