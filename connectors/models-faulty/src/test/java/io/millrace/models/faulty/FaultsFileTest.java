package io.millrace.models.faulty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FaultsFileTest {

  @TempDir private Path directory;
  private Path file;

  @BeforeEach
  void name() {
    file = directory.resolve(FaultsFile.NAME);
  }

  @Test
  void readsWhatAPersonWrites() throws Exception {
    // Given
    Files.writeString(
        file,
        """
        delegate: OnnxRuntime
        hang_every: 200
        deaf: true
        fail_while: /run/down
        hang_while: /run/hang
        max_batch_size: 8
        delay_millis: 250
        """);

    // Then
    assertThat(FaultsFile.read(file))
        .isEqualTo(
            new Faults(
                "OnnxRuntime", 200, true, Path.of("/run/down"), Path.of("/run/hang"), 8, 250));
  }

  @Test
  void onlyTheDelegateIsNeeded() throws Exception {
    // Given
    Files.writeString(file, "delegate: OnnxRuntime\n");

    // Then
    assertThat(FaultsFile.read(file)).isEqualTo(Faults.of("OnnxRuntime"));
  }

  @Test
  void readsWhatItWrites() throws Exception {
    // Given
    Faults faults =
        Faults.of("OnnxRuntime")
            .withHangEvery(3)
            .withDeafCalls()
            .withFailWhile(directory.resolve("down"))
            .withHangWhile(directory.resolve("hang"))
            .withMaxBatchSize(4)
            .withDelayMillis(20);

    // When
    FaultsFile.write(faults, file);

    // Then
    assertThat(FaultsFile.read(file)).isEqualTo(faults);
  }

  @ParameterizedTest
  @CsvSource({
    "hang_every: 3, delegate",
    "delegate: faulty, delegate",
    "'{delegate: a, hang_every: -1}', hang_every",
    "'{delegate: a, delay_millis: -1}', delay_millis",
    "'{delegate: a, max_batch_size: -1}', max_batch_size",
    "'{delegate: a, hangs: 1}', hangs"
  })
  void refusesByTheKey(String yaml, String key) throws Exception {
    // Given
    Files.writeString(file, yaml);

    // Then
    assertThatThrownBy(() -> FaultsFile.read(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(key);
  }
}
