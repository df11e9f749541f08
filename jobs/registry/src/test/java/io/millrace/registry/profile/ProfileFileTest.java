package io.millrace.registry.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.millrace.statistics.profile.ConfidenceCalibration;
import io.millrace.statistics.profile.NumericReference;
import io.millrace.statistics.profile.ReferenceProfile;
import io.millrace.statistics.profile.VectorReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProfileFileTest {

  @TempDir private Path directory;

  @Test
  void readsWhatItWrote() throws IOException {
    // Given
    ReferenceProfile profile =
        ReferenceProfile.of(
                Map.of("length", new double[] {1, 2, 2, 4, -0.5}),
                Map.of("label", List.of("b", "a", "b")),
                Map.of("embedding", List.of(new float[] {1, 2}, new float[] {0.25f, -3})))
            .calibrated(
                ConfidenceCalibration.fit(
                    new double[] {0.2, 0.5, 0.9}, new boolean[] {false, true, true}),
                0.87);
    Path file = directory.resolve(ProfileFile.NAME);
    Path again = directory.resolve("again.json");

    // When
    ProfileFile.write(profile, file);
    ReferenceProfile read = ProfileFile.read(file);
    ProfileFile.write(read, again);

    // Then
    assertThat(again).hasSameBinaryContentAs(file);
    assertThat(read.categories()).isEqualTo(profile.categories());
    assertThat(read.calibration()).isEqualTo(profile.calibration());
    assertThat(read.baselineAccuracy()).isEqualTo(0.87);
    NumericReference number = Objects.requireNonNull(read.numbers().get("length"));
    assertThat(number.moments())
        .isEqualTo(Objects.requireNonNull(profile.numbers().get("length")).moments());
    assertThat(Objects.requireNonNull(number.sample()).values()).containsExactly(-0.5, 1, 2, 4);
    VectorReference vector = Objects.requireNonNull(read.vectors().get("embedding"));
    assertThat(vector.sample()).anySatisfy(each -> assertThat(each).containsExactly(0.25f, -3f));
  }

  @Test
  void readsVersionOne() throws IOException {
    // When
    ReferenceProfile read =
        read(
            """
            {"numbers": {"length": {"n": 3, "edges": [0.0, 1.0, 2.0], "counts": [1, 2]}},
             "categories": {"label": {"n": 3, "counts": {"a": 1, "b": 2}}}}
            """);

    // Then
    NumericReference number = Objects.requireNonNull(read.numbers().get("length"));
    assertThat(number.counts()).containsExactly(1, 2, 0, 0);
    assertThat(number.sample()).isNull();
    assertThat(number.thresholds()).isEmpty();
    assertThat(read.vectors()).isEmpty();
    assertThat(read.calibration()).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "[]|the whole is a array, expected an object",
        "{\"version\": 3}|version is 3, expected 1 or 2",
        "{\"numbers\": {\"x\": {\"n\": 1}}}|numbers.x.edges is missing",
        "{\"numbers\": {\"x\": {\"n\": 1, \"edges\": [0, \"a\"], \"counts\": [1]}}}|numbers.x.edges has \"a\", expected a number",
        "{\"numbers\": {\"x\": {\"n\": 2, \"edges\": [0, 1], \"counts\": [1]}}}|numbers.x.n is 2, expected the sum of the counts, 1",
        "{\"numbers\": {\"x\": {\"n\": 2, \"edges\": [1, 0], \"counts\": [2]}}}|numbers.x: A histogram's edges are not ascending",
        "{\"categories\": {\"x\": {\"n\": 1, \"counts\": {\"a\": -1}}}}|categories.x.counts.a has -1, expected a whole number of 0 or more",
        "{\"baseline_accuracy\": 2}|baseline_accuracy is 2.0, expected 0 to 1",
      })
  void saysWhatIsWrong(String json, String message) {
    assertThatIOException()
        .isThrownBy(() -> read(json))
        .withMessageContaining("is no reference profile")
        .withMessageEndingWith(message);
  }

  @Test
  void refusesWhatIsNoJson() {
    assertThatIOException().isThrownBy(() -> read("{")).withMessageContaining("is not JSON");
  }

  private ReferenceProfile read(String json) throws IOException {
    Path file = directory.resolve(ProfileFile.NAME);
    Files.writeString(file, json);
    return ProfileFile.read(file);
  }
}
