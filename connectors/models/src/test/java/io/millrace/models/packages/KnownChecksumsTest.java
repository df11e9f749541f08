package io.millrace.models.packages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KnownChecksumsTest {

  private Path file;
  private Instant now = Instant.now();
  private final KnownChecksums checksums = new KnownChecksums(() -> now);

  @BeforeEach
  void writeFile(@TempDir Path temporary) throws IOException {
    file = temporary.resolve("encoder.onnx");
    Files.writeString(file, "weights");
    assumeTrue(file.getFileSystem().supportedFileAttributeViews().contains("unix"));
  }

  @Test
  void isThatOfTheBytes() throws Exception {
    assertThat(checksums.of(file)).isEqualTo(Sha256.of(file));
  }

  @Test
  void aFileThatDidNotChangeIsNotReadAgain() throws Exception {
    // Given
    settle();
    String first = checksums.of(file);

    // When
    String second = checksums.of(file);

    // Then: the same object, so nothing was computed
    assertThat(second).isSameAs(first);
  }

  @Test
  void aChangeThatHidesBehindTheOldSizeAndTimeIsSeen() throws Exception {
    // Given
    settle();
    String first = checksums.of(file);
    FileTime written = Files.getLastModifiedTime(file);

    // When
    Files.writeString(file, "weightz");
    Files.setLastModifiedTime(file, written);
    settle();

    // Then
    assertThat(checksums.of(file)).isNotEqualTo(first).isEqualTo(Sha256.of(file));
  }

  @Test
  void aFileInTheOldOnesPlaceIsSeen(@TempDir Path elsewhere) throws Exception {
    // Given
    settle();
    String first = checksums.of(file);
    Path other = Files.writeString(elsewhere.resolve("other"), "weightz");
    Files.setLastModifiedTime(other, Files.getLastModifiedTime(file));

    // When
    Files.delete(file);
    Files.copy(other, file, StandardCopyOption.COPY_ATTRIBUTES);

    // Then
    assertThat(checksums.of(file)).isNotEqualTo(first).isEqualTo(Sha256.of(file));
  }

  @Test
  void aFileThatChangedJustNowIsReadEachTime() throws Exception {
    // Given
    String first = checksums.of(file);

    // When
    String second = checksums.of(file);

    // Then
    assertThat(second).isEqualTo(first).isNotSameAs(first);
  }

  private void settle() {
    now = Instant.now().plus(KnownChecksums.SETTLED).plusSeconds(1);
  }
}
