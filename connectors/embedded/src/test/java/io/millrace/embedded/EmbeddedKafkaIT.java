package io.millrace.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedKafkaIT {

  @Test
  void keepsRecordsOffsetsAndClusterIdOverRestartsOnOtherPortsAndTheSame(@TempDir Path directory)
      throws Exception {
    // Given
    String clusterId;
    try (EmbeddedKafka kafka = EmbeddedKafka.start(directory, 0)) {
      KafkaProbe probe = new KafkaProbe(kafka.bootstrapServers());
      clusterId = probe.clusterId();
      probe.createTopic("events");
      probe.send("events", "plain");
      probe.sendInTransactions("events", "committed", "aborted");
      assertThat(probe.read("events", "readers", 2)).containsExactly("plain", "committed");
    }
    int port = Ports.findFree();

    for (int restart = 1; restart <= 2; restart++) {
      // When
      try (EmbeddedKafka kafka = EmbeddedKafka.start(directory, port)) {

        // Then
        KafkaProbe probe = new KafkaProbe(kafka.bootstrapServers());
        assertThat(kafka.bootstrapServers()).isEqualTo("127.0.0.1:" + port);
        assertThat(probe.clusterId()).isEqualTo(clusterId);
        probe.sendInTransactions("events", "restart " + restart, "aborted");
        assertThat(probe.read("events", "readers", 1)).containsExactly("restart " + restart);
        assertThat(probe.read("events", "late readers " + restart, 2 + restart))
            .startsWith("plain", "committed")
            .endsWith("restart " + restart);
      }
    }
  }

  @Test
  void keepsAcknowledgedRecordsWhenTheProcessIsKilled(@TempDir Path directory) throws Exception {
    // Given
    String clusterId = ChildJvm.run(KilledKafka.class, directory.toString());

    // When
    try (EmbeddedKafka kafka = EmbeddedKafka.start(directory, 0)) {

      // Then
      KafkaProbe probe = new KafkaProbe(kafka.bootstrapServers());
      assertThat(probe.clusterId()).isEqualTo(clusterId);
      assertThat(probe.read("events", "readers", 1)).containsExactly("before the kill");
    }
  }

  @Test
  void runsTwoBrokersSideBySideButNotOnOneDirectory(@TempDir Path directory) throws Exception {
    // Given
    try (EmbeddedKafka left = EmbeddedKafka.start(directory.resolve("left"), 0);
        EmbeddedKafka right = EmbeddedKafka.start(directory.resolve("right"), 0)) {
      KafkaProbe leftProbe = new KafkaProbe(left.bootstrapServers());
      KafkaProbe rightProbe = new KafkaProbe(right.bootstrapServers());
      leftProbe.createTopic("events");
      rightProbe.createTopic("events");

      // When
      leftProbe.send("events", "left");
      rightProbe.send("events", "right");

      // Then
      assertThat(leftProbe.read("events", "readers", 1)).containsExactly("left");
      assertThat(rightProbe.read("events", "readers", 1)).containsExactly("right");
      assertThatThrownBy(() -> EmbeddedKafka.start(directory.resolve("left"), 0))
          .isInstanceOf(EmbeddedServerException.class)
          .hasMessageContainingAll("left", "in use");
    }
  }

  @Test
  void namesThePortThatIsTakenAndLetsGoOfTheDirectory(@TempDir Path directory) throws Exception {
    // Given
    try (ServerSocket other = new ServerSocket(0, 1, Ports.address(0).getAddress())) {
      int port = other.getLocalPort();

      for (int attempt = 1; attempt <= 2; attempt++) {
        // When // Then
        assertThatThrownBy(() -> EmbeddedKafka.start(directory, port))
            .isInstanceOf(EmbeddedServerException.class)
            .hasMessageContainingAll("Kafka", Integer.toString(port), "already in use");
      }
    }
  }

  @Test
  void leavesTheProcessAndThePortAloneWhenTheDataIsDamaged(@TempDir Path directory)
      throws Exception {
    // Given
    int port = Ports.findFree();
    Path metadata = Files.createDirectories(directory.resolve("__cluster_metadata-0"));
    Files.writeString(metadata.resolve("quorum-state"), "nonsense");

    // When // Then
    assertThatThrownBy(() -> EmbeddedKafka.start(directory, port))
        .isInstanceOf(EmbeddedServerException.class)
        .hasMessageContainingAll("Kafka did not start", directory.getFileName().toString());
    try (ServerSocket free = new ServerSocket()) {
      free.bind(Ports.address(port));
      assertThat(free.isBound()).isTrue();
    }
  }

  @Test
  void refusesADirectoryThatKafkaWouldReadAsTwo(@TempDir Path directory) {
    // When // Then
    assertThatThrownBy(() -> EmbeddedKafka.start(directory.resolve("one,two"), 0))
        .isInstanceOf(EmbeddedServerException.class)
        .hasMessageContainingAll("comma", "one,two");
  }

  @Test
  void refusesAPortThatDoesNotExist(@TempDir Path directory) {
    // When // Then
    assertThatThrownBy(() -> EmbeddedKafka.start(directory, 65_536))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("65536");
  }
}
