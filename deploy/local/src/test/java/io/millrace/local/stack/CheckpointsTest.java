package io.millrace.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointsTest {

  private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");

  @TempDir private Path root;

  @Test
  void findsNothingBeforeTheFirstCheckpoint() {
    assertThat(new Checkpoints(root.resolve("absent")).newest()).isEmpty();
    assertThat(new Checkpoints(root).newest()).isEmpty();
  }

  @Test
  void theNewestOfAllJobsCounts() throws IOException {
    // Given
    completed("job-a", 41, NOON);
    Path newest = completed("job-b", 2, NOON.plusSeconds(10));
    completed("job-b", 1, NOON.plusSeconds(9));

    // Then
    assertThat(new Checkpoints(root).newest()).contains(newest);
  }

  @Test
  void numbersDecideInsideOneSecond() throws IOException {
    // Given
    completed("job", 9, NOON);
    Path newest = completed("job", 10, NOON);

    // Then
    assertThat(new Checkpoints(root).newest()).contains(newest);
  }

  @Test
  void oneWithoutMetadataIsNotComplete() throws IOException {
    // Given
    Path complete = completed("job", 1, NOON);
    Files.createDirectories(root.resolve("job/chk-2"));
    Files.createDirectories(root.resolve("job/shared"));

    // Then
    assertThat(new Checkpoints(root).newest()).contains(complete);
    assertThat(new Checkpoints(root).hasCompleted("job")).isTrue();
    assertThat(new Checkpoints(root).hasCompleted("other")).isFalse();
  }

  @Test
  void deletesTheCheckpointsOfOtherJobs() throws IOException {
    // Given
    completed("old", 7, NOON);
    Path kept = completed("new", 1, NOON);

    // When
    new Checkpoints(root).deleteAllBut("new");

    // Then
    assertThat(root.resolve("old")).doesNotExist();
    assertThat(kept).exists();
  }

  private Path completed(String job, int number, Instant at) throws IOException {
    Path checkpoint = Files.createDirectories(root.resolve(job).resolve("chk-" + number));
    Path metadata = Files.writeString(checkpoint.resolve("_metadata"), "state");
    Files.setLastModifiedTime(metadata, FileTime.from(at));
    return checkpoint;
  }
}
