package io.millrace.local.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.inference.InferenceJob;
import io.millrace.inference.config.ConfigLoader;
import io.millrace.jobs.config.JobArguments;
import io.millrace.webhooks.WebhooksJob;
import io.millrace.webhooks.config.WebhooksConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.configuration.HighAvailabilityOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessSpec;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterPlannerTest {

  @TempDir private Path directory;

  @Test
  void thereIsAProcessForEachPart() {
    assertThat(plan(options()).parts().stream().map(PartPlan::name))
        .containsExactly(
            "broker", "redis", "zookeeper", "tm-1", "tm-2", "tm-3", "jm", "api-1", "api-2");
  }

  @Test
  void everythingListensOnTheLoopbackInterface() {
    assertThat(plan(options()).parts())
        .flatExtracting(part -> part.addresses().values())
        .allMatch(address -> address.contains("127.0.0.1:"));
    assertThat(part(plan(options()), "api-1").environment())
        .containsEntry("MICRONAUT_SERVER_HOST", "127.0.0.1");
  }

  @Test
  void replicasOfTheApiLeaveFlinksPortOut() {
    ClusterOptions options =
        new ClusterOptions(
            directory, directory, List.of(), 2, 1, 2, 3, 8080, 8081, Map.of(), null, false, false);

    assertThat(plan(options).parts().stream().filter(part -> part.kind() == PartKind.API))
        .extracting(part -> part.addresses().get("http"))
        .containsExactly("http://127.0.0.1:8080", "http://127.0.0.1:8082", "http://127.0.0.1:8083");
  }

  @Test
  void theJobsShareTheSlotsOfAllButTheSpares() {
    ClusterPlan plan = plan(options());

    assertThat(plan.job(InferenceJob.NAME).parallelism()).isEqualTo(3);
    assertThat(plan.job(WebhooksJob.NAME).parallelism()).isEqualTo(1);
    assertThatThrownBy(
            () -> ClusterOptions.of(directory, directory, List.of()).withTaskManagers(1, 1, 1))
        .hasMessageContaining("at least 2 slots");
  }

  @Test
  void theJobsUnderstandTheirArguments() {
    // Given
    ClusterPlan plan = plan(options().withJobSettings(Map.of("checkpoints.interval", "2s")));

    // When
    var inference = ConfigLoader.forArguments(arguments(plan, InferenceJob.NAME), Map.of());
    var webhooks = WebhooksConfig.forArguments(arguments(plan, WebhooksJob.NAME), Map.of());

    // Then
    assertThat(inference.kafka().bootstrapServers()).isEqualTo(plan.kafka());
    assertThat(inference.parallelism()).isEqualTo(3);
    assertThat(inference.checkpoints().interval()).hasSeconds(2);
    assertThat(inference.checkpoints().directory())
        .isEqualTo(plan.job(InferenceJob.NAME).checkpoints().toUri().toString());
    assertThat(webhooks.kafka().bootstrapServers()).isEqualTo(plan.kafka());
  }

  @Test
  void flinkReadsItsSettingsAndJavaIsGivenTheMemoryThatTheySay() throws IOException {
    // Given
    ClusterPlanner planner = planner(options());
    ClusterPlan plan = planner.plan();

    // When
    planner.writeConfiguration(plan);
    Configuration flink =
        GlobalConfiguration.loadConfiguration(directory.resolve("conf").toString());

    // Then
    assertThat(flink.get(JobManagerOptions.SCHEDULER))
        .isEqualTo(JobManagerOptions.SchedulerType.Adaptive);
    assertThat(flink.get(HighAvailabilityOptions.HA_ZOOKEEPER_QUORUM))
        .isEqualTo(part(plan, "zookeeper").addresses().get("zookeeper"));
    TaskExecutorProcessSpec memory = TaskExecutorProcessUtils.processSpecFromConfig(flink);
    assertThat(part(plan, "tm-1").command())
        .contains(
            "-Xmx%dm".formatted(memory.getJvmHeapMemorySize().getMebiBytes()),
            "-XX:MaxDirectMemorySize=%dm"
                .formatted(memory.getJvmDirectMemorySize().getMebiBytes()));
    assertThat(ClusterPlan.read(directory)).isEqualTo(plan);
  }

  @Test
  void eachTaskManagerHasItsOwnNameAndLog() {
    assertThat(part(plan(options()), "tm-2").command())
        .contains(
            "taskmanager.resource-id=tm-2",
            "-Dmillrace.log.file=" + directory.resolve("logs/tm-2.log"));
  }

  private ClusterOptions options() {
    return ClusterOptions.of(directory, directory, List.of());
  }

  private ClusterPlanner planner(ClusterOptions options) {
    return new ClusterPlanner(
        options, new ClusterArtifacts(directory), new ClusterPorts(1, port -> true));
  }

  private ClusterPlan plan(ClusterOptions options) {
    return planner(options).plan();
  }

  private static PartPlan part(ClusterPlan plan, String name) {
    return plan.parts().stream().filter(part -> part.name().equals(name)).findFirst().orElseThrow();
  }

  private static JobArguments arguments(ClusterPlan plan, String job) {
    return JobArguments.parse(plan.job(job).arguments().toArray(String[]::new));
  }
}
