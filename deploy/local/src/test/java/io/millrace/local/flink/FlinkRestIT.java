package io.millrace.local.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.millrace.local.flink.JobDetails.Vertex;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real JobManager with the adaptive scheduler, of which everything is asked. */
class FlinkRestIT {

  private static final Duration ENOUGH = Duration.ofSeconds(30);

  @TempDir private static Path directory;

  private static RestCluster cluster;
  private static FlinkRest flink;
  private static String jar;

  @BeforeAll
  static void start() throws Exception {
    cluster = RestCluster.start(directory);
    flink = cluster.rest();
    jar = flink.upload(cluster.endlessJob());
  }

  @AfterAll
  static void stop() throws Exception {
    cluster.close();
  }

  @Test
  void runsRescalesStopsWithASavepointAndGoesOnFromIt() throws Exception {
    // Given
    JobSubmission submission =
        JobSubmission.of(List.of("first"))
            .withEntryClass(EndlessJob.class.getName())
            .withParallelism(1);

    // When
    String id = flink.run(jar, submission);

    // Then
    assertThat(id).isEqualTo(submission.jobId());
    awaitParallelism(id, 1);
    assertThat(flink.job("first")).hasValueSatisfying(job -> assertThat(job.id()).isEqualTo(id));
    assertThat(flink.taskManagers())
        .singleElement()
        .extracting(TaskManager::freeSlots)
        .isEqualTo(1);
    assertThat(flink.failures(id)).isEmpty();
    assertThat(flink.endedBecause(id)).isEmpty();
    await()
        .atMost(ENOUGH)
        .untilAsserted(
            () -> assertThat(flink.metrics(id, "numRestarts")).containsEntry("numRestarts", "0"));

    // When
    Map<String, ParallelismBounds> wanted =
        flink.resourceRequirements(id).keySet().stream()
            .collect(Collectors.toMap(vertex -> vertex, vertex -> new ParallelismBounds(1, 2)));
    flink.putResourceRequirements(id, wanted);

    // Then
    assertThat(flink.resourceRequirements(id)).isEqualTo(wanted);
    awaitParallelism(id, 2);
    String source = flink.details(id).vertices().get(0).id();
    await()
        .atMost(ENOUGH)
        .untilAsserted(
            () ->
                assertThat(flink.sums(id, source, "numRecordsOut"))
                    .hasEntrySatisfying("numRecordsOut", sum -> assertThat(sum).isPositive()));

    // When
    String savepoint =
        flink.stopWithSavepoint(id, directory.resolve("savepoints").toUri().toString(), ENOUGH);

    // Then
    assertThat(Path.of(URI.create(savepoint)).resolve("_metadata")).exists();
    await().atMost(ENOUGH).until(() -> flink.details(id).state().equals("FINISHED"));
    assertThat(flink.job("first")).isEmpty();
    assertThat(flink.checkpoints(id).latest().savepoint())
        .extracting(CheckpointStatistics.Checkpoint::path)
        .isEqualTo(savepoint);

    // When
    String second =
        flink.run(
            jar,
            JobSubmission.of(List.of("second"))
                .withEntryClass(EndlessJob.class.getName())
                .withParallelism(2)
                .from(savepoint));

    // Then
    awaitParallelism(second, 2);
    assertThat(flink.checkpoints(second).latest().restored())
        .extracting(CheckpointStatistics.Restored::path)
        .isEqualTo(savepoint);
    flink.cancel(second);
    await().atMost(ENOUGH).until(() -> flink.details(second).state().equals("CANCELED"));
  }

  @Test
  void failuresSayWhatFlinkSays() {
    assertThatThrownBy(() -> flink.details("0".repeat(32)))
        .isInstanceOf(FlinkRestException.class)
        .hasMessageContaining("404")
        .hasMessageContaining("Could not find Flink job (00000000000000000000000000000000)");
    assertThatThrownBy(
            () -> flink.run(jar, JobSubmission.of(List.of()).withEntryClass("com.example.Missing")))
        .isInstanceOf(FlinkRestException.class)
        .hasMessageContaining("com.example.Missing");
  }

  @Test
  void aJobThatCannotStartSaysWhy() throws Exception {
    // When
    String id =
        flink.run(
            jar,
            JobSubmission.of(List.of("from nowhere"))
                .withEntryClass(EndlessJob.class.getName())
                .from(directory.resolve("no-savepoint")));

    // Then
    await().atMost(ENOUGH).until(() -> flink.details(id).state().equals("FAILED"));
    assertThat(flink.endedBecause(id))
        .hasValueSatisfying(reason -> assertThat(reason).contains("no-savepoint"));
  }

  @Test
  void aServerThatIsNotThereIsGivenUpAfterAWhile() {
    FlinkRest nobody =
        new FlinkRest(URI.create("http://localhost:1"), ENOUGH, Duration.ofMillis(300));

    assertThatThrownBy(nobody::jobs)
        .isInstanceOf(FlinkRestException.class)
        .hasMessageContaining("http://localhost:1/v1/jobs/overview did not answer");
  }

  private static void awaitParallelism(String jobId, int parallelism) {
    await()
        .atMost(ENOUGH)
        .until(
            () -> {
              JobDetails job = flink.details(jobId);
              return job.running()
                  && job.vertices().stream().mapToInt(Vertex::parallelism).max().orElse(0)
                      == parallelism;
            });
  }
}
