package io.millrace.local.cluster.upgrade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.millrace.local.flink.FlinkRest;
import io.millrace.local.flink.JobSubmission;
import io.millrace.local.flink.RestCluster;
import io.millrace.local.terminal.CommandFailedException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Releases of a small job on a real JobManager: one that works, and one that does not. */
class JobUpgradeIT {

  private static final Duration ENOUGH = Duration.ofSeconds(30);

  @TempDir private static Path directory;

  private static RestCluster cluster;
  private static FlinkRest flink;
  private static JobUpgrade upgrade;

  @BeforeAll
  static void start() throws Exception {
    cluster = RestCluster.start(directory);
    flink = cluster.rest();
    upgrade = new JobUpgrade(flink, directory.resolve("savepoints").toUri().toString());
  }

  @AfterAll
  static void stop() throws Exception {
    cluster.close();
  }

  @Test
  void theNewReleaseGoesOnFromTheSavepointOfTheOld() throws Exception {
    // Given
    Release release = release("good");
    String old = run(release);

    // When
    UpgradeOutcome outcome = upgrade.run("good", release, release, ENOUGH);

    // Then
    assertThat(outcome.rolledBack()).isFalse();
    assertThat(outcome.jobId()).isNotEqualTo(old);
    assertThat(flink.details(old).state()).isEqualTo("FINISHED");
    assertThat(flink.checkpoints(outcome.jobId()).latest().restored())
        .satisfies(restored -> assertThat(restored.path()).isEqualTo(outcome.savepoint()));
    assertThat(outcome.stopped()).isBetween(outcome.stopAsked(), outcome.running());
    flink.cancel(outcome.jobId());
  }

  @Test
  void aReleaseThatDoesNotRunIsRolledBack() throws Exception {
    // Given
    Release sound = release("rolled back");
    String old = run(sound);

    // When
    UpgradeOutcome outcome =
        upgrade.run("rolled back", sound, release("rolled back", "broken"), Duration.ofSeconds(3));

    // Then
    assertThat(outcome.rolledBackBecause())
        .contains("no checkpoint after 3 s")
        .contains("this release is broken");
    assertThat(flink.job("rolled back"))
        .hasValueSatisfying(job -> assertThat(job.id()).isEqualTo(outcome.jobId()));
    assertThat(outcome.jobId()).isNotEqualTo(old);
    assertThat(flink.details(outcome.jobId()).running()).isTrue();
    assertThat(flink.checkpoints(outcome.jobId()).latest().restored())
        .satisfies(restored -> assertThat(restored.path()).isEqualTo(outcome.savepoint()));
    flink.cancel(outcome.jobId());
  }

  @Test
  void aJobThatDoesNotRunCannotBeUpgraded() throws Exception {
    Release release = release("nobody");

    assertThatThrownBy(() -> upgrade.run("nobody", release, release, ENOUGH))
        .isInstanceOf(CommandFailedException.class)
        .hasMessage("There is no running job nobody");
  }

  private static Release release(String... arguments) throws Exception {
    return new Release(cluster.endlessJob(), List.of(arguments), 1);
  }

  private static String run(Release release) throws Exception {
    String job =
        flink.run(
            flink.upload(release.jar()), JobSubmission.of(release.arguments()).withParallelism(1));
    await().atMost(ENOUGH).until(() -> flink.checkpoints(job).counts().completed() > 0);
    return job;
  }
}
