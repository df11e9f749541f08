package io.millrace.registry.profile;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.statistics.profile.ReferenceProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * {@code reference-profile.json} of a model package.
 *
 * <p>Format version 2: {@code version}; {@code numbers} by feature with {@code n}, {@code edges},
 * {@code counts}, {@code moments} (mean, m2, m3, min, max), {@code sample} (values, weights,
 * rank_error) and {@code thresholds} by method; {@code categories} with {@code n}, {@code counts}
 * and {@code thresholds}; {@code vectors} with {@code n}, {@code components}, {@code mean}, {@code
 * variance} and {@code sample} (little-endian FP32 in base64, one text a vector) and {@code
 * thresholds}; {@code calibration} with {@code confidences} and {@code accuracies}; {@code
 * baseline_accuracy}. Version 1 has none, and of a feature but {@code n}, {@code edges} and {@code
 * counts}.
 */
public final class ProfileFile {

  public static final String NAME = "reference-profile.json";

  /** Of a file; ten vectors' features of 4,096 components are as large. */
  static final long MAX_BYTES = 64L << 20;

  private static final int MAX_DEPTH = 8;

  private static final ObjectMapper JSON =
      new ObjectMapper(
          JsonFactory.builder()
              .streamReadConstraints(
                  StreamReadConstraints.builder()
                      .maxNestingDepth(MAX_DEPTH)
                      .maxStringLength(1 << 20)
                      .maxNumberLength(64)
                      .build())
              .build());

  private ProfileFile() {}

  /** Writes format version 2; the same profile gives the same bytes. */
  public static void write(ReferenceProfile profile, Path file) throws IOException {
    Files.write(file, JSON.writeValueAsBytes(ProfileWriter.write(profile)));
  }

  /**
   * Reads format versions 1 and 2.
   *
   * @throws IOException when the file cannot be read, is larger than allowed, or is not such a
   *     profile; the message says what was expected
   */
  public static ReferenceProfile read(Path file) throws IOException {
    long size = Files.size(file);
    if (size > MAX_BYTES) {
      throw new IOException(
          "%s has %d bytes, expected at most %d".formatted(file, size, MAX_BYTES));
    }
    try {
      JsonNode root = JSON.readTree(Files.readAllBytes(file));
      return ProfileReader.read(root);
    } catch (JsonProcessingException e) {
      throw new IOException("%s is not JSON: %s".formatted(file, e.getOriginalMessage()), e);
    } catch (IllegalArgumentException e) {
      throw new IOException("%s is no reference profile: %s".formatted(file, e.getMessage()), e);
    }
  }
}
