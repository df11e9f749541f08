package io.millrace.local.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.local.audit.CommittedResults;
import io.millrace.local.audit.CommittedResults.From;
import io.millrace.local.audit.ResultAudit;
import io.millrace.local.client.JobClient;
import io.millrace.local.client.JobClient.Submission;
import io.millrace.local.client.JobRequest;
import io.millrace.models.ModelVersion;
import io.millrace.models.simulated.SimulatedRemoteCall;
import io.millrace.models.simulated.SimulatedRemoteCallPackages;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cluster of real processes, one of which is killed. */
class ClusterIT {

  private static final Duration COMMITTED = Duration.ofMinutes(1);
  private static final String MODEL = "waits";

  @TempDir private Path directory;

  @Test
  void whatWasAcceptedIsAnsweredOnceAcrossTheLossOfATaskManager() throws Exception {
    // Given
    Path models = directory.resolve("models");
    var unused =
        SimulatedRemoteCallPackages.write(
            models, new ModelVersion(MODEL, "1.0.0"), new SimulatedRemoteCall(5), 8);
    Path data = directory.resolve("cluster");
    List<Part> parts;
    try (LocalCluster cluster =
        ClusterFixture.start(ClusterFixture.small(data, models, MODEL).withFaultyModels())) {
      parts = cluster.state().parts();
      ResultAudit audit = new ResultAudit();
      JobClient client =
          new JobClient(cluster.state().apis().get(0), MODEL, SimulatedRemoteCallPackages.INPUT);
      try (CommittedResults results =
          CommittedResults.open(cluster.plan().kafka(), From.BEGINNING, audit)) {
        Set<String> accepted = new HashSet<>(submit(client, 50));
        assertThat(new StatusProbe(data, Clock.systemUTC()).ask())
            .returns(true, ClusterStatus::isWell);

        // When
        Part killed = new ClusterKill(data).kill(PartKind.TASK_MANAGER);
        accepted.addAll(submit(client, 50));

        // Then
        assertThat(accepted).hasSize(100);
        assertThat(results.await(accepted, COMMITTED)).isTrue();
        assertThat(audit.duplicateResults()).isZero();
        // The supervisor need not wait for the jobs, nor they for it.
        await()
            .atMost(COMMITTED)
            .untilAsserted(
                () ->
                    assertThat(cluster.state().part(killed.kind(), killed.index()))
                        .returns(1, Part::restarts)
                        .returns(true, Part::isAlive));
      }
      parts = cluster.state().parts();
    }
    assertThat(parts).noneMatch(Part::isAlive);
    assertThat(ClusterState.read(data).isAlive()).isFalse();
  }

  private static Set<String> submit(JobClient client, int number) {
    Set<String> accepted = new HashSet<>();
    for (int i = 0; i < number; i++) {
      Submission submission = client.submit(JobRequest.of("text " + i), Duration.ZERO).join();
      if (submission instanceof Submission.Accepted done) {
        accepted.add(done.job().id());
      }
    }
    return accepted;
  }
}
