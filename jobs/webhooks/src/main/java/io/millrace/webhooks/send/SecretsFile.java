package io.millrace.webhooks.send;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The secrets that sign, from a YAML file:
 *
 * <pre>
 * default: [whsec_...]          # for tenants that are not named; may be left out
 * tenants:
 *   acme: [whsec_new, whsec_old]  # newest first; all of them sign
 * </pre>
 *
 * The file is looked at again while the job runs. A new content counts at once; one that cannot be
 * read leaves the last good one. For use by one thread.
 */
public final class SecretsFile {

  private static final Logger LOG = LoggerFactory.getLogger(SecretsFile.class);

  private static final ObjectMapper YAML =
      YAMLMapper.builder().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private static final Set<PosixFilePermission> OTHERS =
      Set.of(
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE);

  private final Path file;
  private final Duration checkInterval;
  private final LongSupplier nanoTicker;
  private Signers signers;
  private @Nullable Version version;
  private long checkedAt;

  /** The file's content, as it is written. */
  private record Content(
      @JsonProperty("default") @Nullable List<String> defaults,
      @Nullable Map<String, List<String>> tenants) {}

  private record Signers(@Nullable Signer defaults, Map<String, Signer> tenants) {}

  private record Version(FileTime modified, long size) {}

  private SecretsFile(Path file, Duration checkInterval, LongSupplier nanoTicker) {
    this.file = file;
    this.checkInterval = checkInterval;
    this.nanoTicker = nanoTicker;
    version = version();
    checkedAt = nanoTicker.getAsLong();
    try {
      signers = read();
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "secrets.file: %s cannot be used: %s".formatted(file, reason(e)), e);
    }
  }

  /**
   * Reads the file.
   *
   * @param checkInterval how long a look at it holds
   * @throws IllegalArgumentException when it cannot be used: says why, without a secret
   */
  public static SecretsFile open(Path file, Duration checkInterval, LongSupplier nanoTicker) {
    return new SecretsFile(file, checkInterval, nanoTicker);
  }

  /** Who signs for a tenant; empty when it has no secret. */
  Optional<Signer> signer(String tenant) {
    long now = nanoTicker.getAsLong();
    if (now - checkedAt >= checkInterval.toNanos()) {
      checkedAt = now;
      refresh();
    }
    return Optional.ofNullable(signers.tenants().getOrDefault(tenant, signers.defaults()));
  }

  private void refresh() {
    Version current = version();
    if (current == null || current.equals(version)) {
      return; // While it is being replaced there may be none.
    }
    version = current;
    try {
      signers = read();
      LOG.info("Read the webhook secrets of {} tenants from {}", signers.tenants().size(), file);
    } catch (IOException e) {
      LOG.warn("Keeping the former webhook secrets, {} cannot be used: {}", file, reason(e));
    }
  }

  private @Nullable Version version() {
    try {
      return new Version(Files.getLastModifiedTime(file), Files.size(file));
    } catch (IOException e) {
      return null;
    }
  }

  private Signers read() throws IOException {
    warnOfReaders();
    Content content;
    try {
      content = YAML.readValue(Files.readString(file), Content.class);
    } catch (JsonProcessingException e) {
      // Its message may quote the file, and with it a secret.
      throw new IOException(
          "expected YAML with the keys 'default' and 'tenants', found another in line "
              + (e.getLocation() == null ? "?" : e.getLocation().getLineNr()));
    }
    if (content == null) {
      throw new IOException("expected the keys 'default' and 'tenants', found nothing");
    }
    Map<String, Signer> tenants = new HashMap<>();
    if (content.tenants() != null) {
      for (Map.Entry<String, List<String>> entry : content.tenants().entrySet()) {
        tenants.put(entry.getKey(), signer("tenants." + entry.getKey(), entry.getValue()));
      }
    }
    List<String> defaults = content.defaults();
    return new Signers(defaults == null ? null : signer("default", defaults), tenants);
  }

  private static Signer signer(String key, @Nullable List<String> secrets) throws IOException {
    try {
      return Signer.of(secrets == null ? List.of() : secrets);
    } catch (IllegalArgumentException e) {
      throw new IOException(key + ": " + e.getMessage(), e);
    }
  }

  private void warnOfReaders() throws IOException {
    PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
    if (view != null && !Collections.disjoint(view.readAttributes().permissions(), OTHERS)) {
      LOG.warn("Others than the owner can read or write the webhook secrets: chmod 600 {}", file);
    }
  }

  private static String reason(IOException e) {
    return e instanceof NoSuchFileException
        ? "there is no such file"
        : String.valueOf(e.getMessage());
  }
}
