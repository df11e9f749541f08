package io.millrace.local.cluster.scaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.inference.InferenceJob;
import io.millrace.local.cluster.ClusterFixture;
import io.millrace.local.cluster.JobPlan;
import io.millrace.local.cluster.LocalCluster;
import io.millrace.local.cluster.load.AuditedLoad;
import io.millrace.local.cluster.load.ClusterTargets;
import io.millrace.local.cluster.load.LoadReport;
import io.millrace.local.cluster.upgrade.JobUpgrade;
import io.millrace.local.cluster.upgrade.LoadedUpgrade;
import io.millrace.local.cluster.upgrade.Release;
import io.millrace.local.cluster.upgrade.Releases;
import io.millrace.local.cluster.upgrade.UpgradeOutcome;
import io.millrace.local.flink.FlinkRest;
import io.millrace.models.ModelVersion;
import io.millrace.models.simulated.SimulatedRemoteCall;
import io.millrace.models.simulated.SimulatedRemoteCallPackages;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cluster of processes whose inference job is replaced and rescaled under load. */
class HealingIT {

  private static final Duration ENOUGH = Duration.ofMinutes(2);
  private static final String MODEL = "remote";

  /** More than the workers do at once: some requests always wait or are in flight. */
  private static final double PER_SECOND = 50;

  @TempDir private static Path directory;

  private static LocalCluster cluster;

  @BeforeAll
  static void start() throws Exception {
    Path models = directory.resolve("models");
    var unused =
        SimulatedRemoteCallPackages.write(
            models, new ModelVersion(MODEL, "1.0.0"), new SimulatedRemoteCall(50), 1);
    cluster =
        ClusterFixture.start(
            ClusterFixture.small(directory.resolve("cluster"), models, MODEL)
                // The spare's slots are for the second subtask.
                .withJobSettings(Map.of("parallelism", "2", "models.workers-per-version", "2"))
                .withFaultyModels());
  }

  @AfterAll
  static void stop() throws Exception {
    cluster.close();
  }

  @Test
  void anUpgradeUnderLoadLosesNothingAndDoublesNothing() throws Exception {
    JobPlan job = cluster.plan().job(InferenceJob.NAME);
    Release old = Releases.current(job);
    JobUpgrade upgrade =
        new JobUpgrade(new FlinkRest(cluster.state().flink()), job.savepoints().toUri().toString());
    try (AuditedLoad load = load()) {
      awaitCommitted(load, 50);

      UpgradeOutcome outcome =
          upgrade.run(
              job.name(), old, Releases.next(old, null, Map.of("infer.capacity", "512")), ENOUGH);
      Double pause = new LoadedUpgrade(load).pause(outcome);

      assertThat(outcome.rolledBackBecause()).isNull();
      assertThat(pause).isPositive();
      assertClean(load.finish());
    }
  }

  @Test
  void rescalingWithRequestsInFlightLosesNothingAndDoublesNothing() throws Exception {
    RunningJob job = RunningJob.of(cluster);
    try (AuditedLoad load = load()) {
      awaitCommitted(load, 50);

      job.rescale(1);
      awaitCommitted(load, load.times().committedCount() + 50);
      job.rescale(2);
      awaitCommitted(load, load.times().committedCount() + 50);

      assertClean(load.finish());
    }
  }

  private static AuditedLoad load() {
    return AuditedLoad.start(
        ClusterTargets.of(cluster.state(), MODEL, SimulatedRemoteCallPackages.INPUT),
        PER_SECOND,
        () -> UUID.randomUUID().toString(),
        0);
  }

  private static void awaitCommitted(AuditedLoad load, int results) {
    await().atMost(ENOUGH).until(() -> load.times().committedCount() >= results);
  }

  private static void assertClean(LoadReport report) {
    assertThat(report.accepted()).isPositive();
    assertThat(report.terminal()).isEqualTo(report.accepted());
    assertThat(report.duplicateResults()).isZero();
    assertThat(report.lostAccepts()).isZero();
    assertThat(report.failed()).isZero();
    assertThat(report.clean()).isTrue();
  }
}
