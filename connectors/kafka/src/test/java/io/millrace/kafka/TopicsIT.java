package io.millrace.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.embedded.EmbeddedKafka;
import io.millrace.schemas.Topic;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TopicsIT {

  @TempDir private Path directory;

  @Test
  void missingTopicsAreCreatedAsDefinedAndExistingOnesAreLeftAlone() throws Exception {
    try (EmbeddedKafka kafka = EmbeddedKafka.start(directory, 0);
        Admin admin =
            Admin.create(
                Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers()))) {
      Topic ownRequests = new Topic(Topic.REQUESTS.name(), 1, Map.of("retention.ms", "5000"));
      Topics.create(admin, List.of(ownRequests));

      Topics.create(admin, Topic.ALL);
      Topics.create(admin, Topic.ALL);

      // A broker hears of new topics from its controller, a moment after their creation.
      Awaitility.await()
          .untilAsserted(
              () ->
                  assertThat(admin.listTopics().names().get())
                      .containsExactlyInAnyOrder(
                          "inference.requests",
                          "inference.results",
                          "inference.dead-letters",
                          "inference.feedback",
                          "webhook.dead-letters",
                          "webhook.replays",
                          "drift.reports",
                          "quality.reports",
                          "cost.reports",
                          "model.deployments",
                          "model.rollouts",
                          "model.rollout-commands",
                          "model.evaluations",
                          "model.versions"));
      assertThat(config(admin, Topic.DEPLOYMENTS, "cleanup.policy")).isEqualTo("compact");
      assertThat(config(admin, Topic.ROLLOUTS, "cleanup.policy")).isEqualTo("compact");
      assertThat(config(admin, Topic.REQUESTS, "retention.ms")).isEqualTo("5000");
      assertThat(partitions(admin, Topic.REQUESTS)).isEqualTo(1);
      assertThat(partitions(admin, Topic.RESULTS)).isEqualTo(Topic.RESULTS.partitions());
    }
  }

  private static String config(Admin admin, Topic topic, String key) throws Exception {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic.name());
    return Objects.requireNonNull(admin.describeConfigs(Set.of(resource)).all().get().get(resource))
        .get(key)
        .value();
  }

  private static int partitions(Admin admin, Topic topic) throws Exception {
    Map<String, TopicDescription> topics =
        admin.describeTopics(Set.of(topic.name())).allTopicNames().get();
    return Objects.requireNonNull(topics.get(topic.name())).partitions().size();
  }
}
