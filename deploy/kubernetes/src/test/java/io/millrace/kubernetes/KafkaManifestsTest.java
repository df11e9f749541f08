package io.millrace.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.schemas.Topic;
import io.millrace.security.Component;
import io.millrace.security.Grant;
import io.millrace.security.KafkaSecurity;
import io.strimzi.api.kafka.model.topic.KafkaTopic;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KafkaManifestsTest {

  private static final String PREFIX = "millrace-";

  @TempDir Path directory;

  @Test
  void topicsAreThoseOfTheCode() throws Exception {
    Map<String, Topic> topics = new TreeMap<>();
    for (Manifest manifest : Manifests.ofKind(Manifests.ofBase(), "KafkaTopic")) {
      KafkaTopic topic = TypedModels.read(manifest, KafkaTopic.class);
      Map<String, String> config =
          topic.getSpec().getConfig().entrySet().stream()
              .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().toString()));
      topics.put(
          manifest.name(), new Topic(manifest.name(), topic.getSpec().getPartitions(), config));
    }
    assertThat(topics.values()).containsExactlyInAnyOrderElementsOf(Topic.ALL);
  }

  @ParameterizedTest
  @EnumSource(Overlay.class)
  void overlaysGiveTopicsNoFewerPartitions(Overlay overlay) throws Exception {
    for (Topic topic : Topic.ALL) {
      assertThat(overlay.manifest("KafkaTopic", topic.name()).at("/spec/partitions").asInt())
          .isGreaterThanOrEqualTo(topic.partitions());
    }
  }

  @Test
  void usersMayDoWhatTheCodeSaysAndNothingElse() {
    List<Manifest> users = Manifests.ofKind(Manifests.ofBase(), "KafkaUser");
    assertThat(users)
        .extracting(user -> user.name().substring(PREFIX.length()))
        .containsExactlyInAnyOrder("ingress-api", "inference-job", "webhooks-job", "operator");
    assertThat(users)
        .allSatisfy(
            user ->
                assertThat(
                        StreamSupport.stream(
                                user.at("/spec/authorization/acls").spliterator(), false)
                            .map(KafkaManifestsTest::text))
                    .containsExactlyInAnyOrderElementsOf(
                        Component.of(user.name().substring(PREFIX.length())).grants().stream()
                            .map(KafkaManifestsTest::text)
                            .toList()));
  }

  @ParameterizedTest
  @EnumSource(Overlay.class)
  void everythingBelongsToTheOneCluster(Overlay overlay) throws Exception {
    for (String kind : List.of("KafkaTopic", "KafkaUser", "KafkaNodePool")) {
      assertThat(overlay.manifests(kind))
          .isNotEmpty()
          .allMatch(
              manifest ->
                  manifest.at("/metadata/labels/strimzi.io~1cluster").asText().equals("millrace"));
    }
  }

  @ParameterizedTest
  @EnumSource(Overlay.class)
  void theOnlyListenerAsksForTlsAndAPassword(Overlay overlay) throws Exception {
    JsonNode kafka = overlay.manifest("Kafka", "millrace").at("/spec/kafka");
    assertThat(kafka.path("listeners")).hasSize(1);
    assertThat(kafka.at("/listeners/0/tls").asBoolean()).isTrue();
    assertThat(kafka.at("/listeners/0/authentication/type").asText()).isEqualTo("scram-sha-512");
    assertThat(kafka.at("/authorization/type").asText()).isEqualTo("simple");
    int replicas = kafka.at("/config/default.replication.factor").asInt();
    int brokers = overlay.manifest("KafkaNodePool", "brokers").at("/spec/replicas").asInt();
    assertThat(replicas).isLessThanOrEqualTo(brokers);
    assertThat(kafka.at("/config/min.insync.replicas").asInt())
        .isLessThanOrEqualTo(Math.max(1, replicas - 1));
  }

  /** With the Secret of Strimzi in a directory, Kafka's clients find their password there. */
  @Test
  void clientsReadTheirPasswordFromTheMountedSecret() throws Exception {
    // Given
    String login =
        "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"millrace-x\""
            + " password=\"made by a test\";";
    Files.writeString(directory.resolve("sasl.jaas.config"), login);
    Path file = directory.resolve("kafka.properties");
    Files.writeString(
        file,
        Files.readString(Manifests.DIRECTORY.resolve("base/kafka/config/kafka.properties"))
            .replace("/etc/millrace/kafka-user", directory.toString()));

    // When
    Map<String, Object> settings = new TreeMap<>(KafkaSecurity.of(file.toString()).settings());
    settings.put("bootstrap.servers", "localhost:9093");
    AdminClientConfig client = new AdminClientConfig(settings);

    // Then the settings, which go into a job graph, have no password, and the client has
    assertThat(settings.toString()).doesNotContain("made by a test");
    assertThat(client.getPassword("sasl.jaas.config").value()).isEqualTo(login);
  }

  @Test
  void theClientsFileHasSettingsThatKafkaKnows() throws Exception {
    Properties properties = new Properties();
    properties.load(
        new StringReader(
            Files.readString(Manifests.DIRECTORY.resolve("base/kafka/config/kafka.properties"))));
    Set<String> known = AdminClientConfig.configDef().names();
    assertThat(properties.stringPropertyNames())
        .allMatch(key -> known.contains(key) || key.startsWith("config.providers"));
    assertThat(properties.getProperty("security.protocol")).isEqualTo("SASL_SSL");
  }

  private static String text(JsonNode acl) {
    Set<String> operations = new TreeSet<>();
    acl.path("operations").forEach(o -> operations.add(o.asText().toUpperCase(Locale.ROOT)));
    return "%s %s %s %s"
        .formatted(
            acl.at("/resource/type").asText(),
            acl.at("/resource/patternType").asText(),
            acl.at("/resource/name").asText(),
            operations);
  }

  private static String text(Grant grant) {
    Set<String> operations =
        grant.operations().stream().map(Enum::name).collect(Collectors.toCollection(TreeSet::new));
    return "%s %s %s %s"
        .formatted(
            switch (grant.resource()) {
              case TOPIC -> "topic";
              case GROUP -> "group";
              case TRANSACTIONAL_ID -> "transactionalId";
              default -> grant.resource().name();
            },
            switch (grant.pattern()) {
              case LITERAL -> "literal";
              case PREFIXED -> "prefix";
              default -> grant.pattern().name();
            },
            grant.name(),
            operations);
  }
}
