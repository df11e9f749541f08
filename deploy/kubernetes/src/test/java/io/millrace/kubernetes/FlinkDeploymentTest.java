package io.millrace.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.inference.config.ConfigLoader;
import io.millrace.inference.config.InferenceConfig;
import io.millrace.jobs.config.JobArguments;
import io.millrace.webhooks.config.WebhooksConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FlinkDeploymentTest {

  private static final String INFERENCE = "millrace-inference";
  private static final String WEBHOOKS = "millrace-webhooks";

  private static final Path MOUNTS = Path.of("/etc/millrace");

  @TempDir Path directory;

  @Test
  void flinkOrItsOperatorKnowsEachSettingAndItsValue() throws Exception {
    FlinkOptions options = new FlinkOptions();
    List<Manifest> deployments = Manifests.ofKind(Manifests.all(), "FlinkDeployment");
    assertThat(deployments).hasSize(6);
    for (Manifest deployment : deployments) {
      assertThat(settings(deployment).properties())
          .as("%s", deployment)
          .isNotNull()
          .allSatisfy(
              setting ->
                  assertThat(options.complaint(setting.getKey(), setting.getValue().asText()))
                      .isEmpty());
    }
  }

  @Test
  void misspeltKeysAndBadValuesAreFound() throws Exception {
    FlinkOptions options = new FlinkOptions();
    assertThat(options.complaint("execution.checkpointing.dirr", "s3://x"))
        .isEqualTo("nobody knows execution.checkpointing.dirr");
    assertThat(options.complaint("job.autoscaler.enabld", "true")).isNotEmpty();
    assertThat(options.complaint("heartbeat.interval", "soon")).isNotEmpty();
    assertThat(options.complaint("jobmanager.scheduler", "adaptable")).isNotEmpty();
  }

  @ParameterizedTest
  @EnumSource(Overlay.class)
  void theJobsAreStartedWithWhatTheyUnderstand(Overlay overlay) throws Exception {
    // Given
    Manifest inference = overlay.manifest("FlinkDeployment", INFERENCE);
    Manifest webhooks = overlay.manifest("FlinkDeployment", WEBHOOKS);

    // When
    InferenceConfig job = ConfigLoader.load(configuration(overlay, inference), Map.of());
    WebhooksConfig hooks = WebhooksConfig.load(configuration(overlay, webhooks), Map.of());

    // Then the operator looks for checkpoints where the job writes them
    assertThat(checkpoints(inference)).isEqualTo(job.checkpoints().directory());
    assertThat(checkpoints(webhooks)).isEqualTo(hooks.checkpoints().directory());
    assertThat(inference.at("/spec/job/parallelism").asInt()).isEqualTo(job.parallelism());
    assertThat(webhooks.at("/spec/job/parallelism").asInt()).isEqualTo(hooks.parallelism());
    // and transactions live as long as Kafka lets them
    long longest =
        overlay
            .manifest("Kafka", "millrace")
            .at("/spec/kafka/config/transaction.max.timeout.ms")
            .asLong();
    assertThat(job.kafka().transactionTimeout()).hasMillis(longest);
    assertThat(hooks.kafka().transactionTimeout()).hasMillis(longest);
    // and both speak to the same Kafka and Redis, with TLS
    assertThat(hooks.kafka().bootstrapServers()).isEqualTo(job.kafka().bootstrapServers());
    assertThat(hooks.redis().uri()).isEqualTo(job.redis().uri()).startsWith("rediss://");
    assertThat(job.kafka().propertiesFile())
        .isEqualTo(hooks.kafka().propertiesFile())
        .endsWith("/kafka/kafka.properties");
  }

  @ParameterizedTest
  @EnumSource(Overlay.class)
  void mainsAndJarsAreThoseOfTheImage(Overlay overlay) throws Exception {
    String layout = Files.readString(Manifests.DIRECTORY.resolve("../docker/pom.xml"));
    for (Manifest deployment : overlay.manifests("FlinkDeployment")) {
      String main = deployment.at("/spec/job/entryClass").asText();
      assertThat(Class.forName(main).getMethod("main", String[].class)).isNotNull();
      String jar = deployment.at("/spec/job/jarURI").asText();
      assertThat(jar).startsWith("local:///opt/flink/usrlib/");
      assertThat(layout).contains("<destFileName>" + Path.of(jar).getFileName());
      assertThat(deployment.at("/spec/flinkVersion").asText()).isEqualTo("v2_2");
    }
  }

  @ParameterizedTest
  @EnumSource(Overlay.class)
  void logsAreThoseOfTheImage(Overlay overlay) throws Exception {
    String wanted =
        Files.readString(
            Manifests.DIRECTORY.resolve("../docker/src/main/conf/log4j-console.properties"));
    assertThat(overlay.manifests("FlinkDeployment"))
        .extracting(
            deployment -> deployment.at("/spec/logConfiguration/log4j-console.properties").asText())
        .containsExactly(wanted, wanted);
  }

  /** More source subtasks than partitions have nothing to read. */
  @ParameterizedTest
  @EnumSource(Overlay.class)
  void theAutoscalerStaysWithinTheTopicsPartitions(Overlay overlay) throws Exception {
    Manifest inference = overlay.manifest("FlinkDeployment", INFERENCE);
    int partitions =
        overlay.manifest("KafkaTopic", "inference.requests").at("/spec/partitions").asInt();
    assertThat(settings(inference).path("job.autoscaler.vertex.max-parallelism").asInt())
        .isLessThanOrEqualTo(partitions)
        .isGreaterThanOrEqualTo(inference.at("/spec/job/parallelism").asInt());
  }

  @ParameterizedTest
  @EnumSource(Overlay.class)
  void nothingOfTheTwoJobsIsInTheSamePlace(Overlay overlay) throws Exception {
    JsonNode inference = settings(overlay.manifest("FlinkDeployment", INFERENCE));
    JsonNode webhooks = settings(overlay.manifest("FlinkDeployment", WEBHOOKS));
    for (String key :
        List.of(
            "high-availability.storageDir",
            "execution.checkpointing.dir",
            "execution.checkpointing.savepoint-dir")) {
      assertThat(inference.path(key).asText())
          .startsWith("s3://")
          .isNotEqualTo(webhooks.path(key).asText());
    }
  }

  @ParameterizedTest
  @EnumSource(Overlay.class)
  void productionHasASpareTaskManager(Overlay overlay) throws Exception {
    assertThat(
            settings(overlay.manifest("FlinkDeployment", INFERENCE))
                .path("slotmanager.redundant-taskmanager-num")
                .asInt())
        .isEqualTo(overlay == Overlay.PRODUCTION ? 1 : 0);
  }

  /** The file that the job is told of, out of the ConfigMap that is mounted there. */
  private Path configuration(Overlay overlay, Manifest deployment) throws Exception {
    JobArguments arguments =
        JobArguments.parse(
            StreamSupport.stream(deployment.at("/spec/job/args").spliterator(), false)
                .map(JsonNode::asText)
                .toArray(String[]::new));
    Path file = Objects.requireNonNull(arguments.file());
    JsonNode pod = deployment.at("/spec/podTemplate/spec");
    String volume =
        where(
                pod.at("/containers/0/volumeMounts"),
                "mountPath",
                Objects.requireNonNull(file.getParent()).toString())
            .path("name")
            .asText();
    String configMap = where(pod.at("/volumes"), "name", volume).at("/configMap/name").asText();
    String content =
        overlay.manifest("ConfigMap", configMap).at("/data/" + file.getFileName()).asText();
    // The jobs look whether files that they are told of are there.
    for (JsonNode mount : pod.at("/containers/0/volumeMounts")) {
      Path mounted = Path.of(mount.path("mountPath").asText());
      if (mounted.startsWith(MOUNTS)) {
        Files.createDirectories(directory.resolve(MOUNTS.relativize(mounted)));
      }
    }
    for (String needed : List.of("redis-user/password", "redis-ca/ca.crt")) {
      Files.writeString(directory.resolve(needed), "of a test");
    }
    content = content.replace(MOUNTS.toString(), directory.toString());
    return Files.writeString(directory.resolve(deployment.name() + ".yaml"), content);
  }

  private static JsonNode where(JsonNode items, String field, String value) {
    return StreamSupport.stream(items.spliterator(), false)
        .filter(item -> item.path(field).asText().equals(value))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no item with the " + field + " " + value));
  }

  private static String checkpoints(Manifest deployment) {
    return settings(deployment).path("execution.checkpointing.dir").asText();
  }

  private static JsonNode settings(Manifest deployment) {
    return deployment.at("/spec/flinkConfiguration");
  }
}
