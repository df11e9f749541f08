package io.millrace.local.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ClusterPortsTest {

  @Test
  void portsAreFreeOnesBelowThoseOfOutgoingConnections() {
    ClusterPorts ports = new ClusterPorts(-3, port -> port % 2 == 0);

    assertThat(IntStream.range(0, 20).map(i -> ports.any()))
        .doesNotHaveDuplicates()
        .allMatch(port -> port >= 21_000 && port < 32_768 && port % 2 == 0);
  }

  @Test
  void onesThatSomeoneChoseAreNotGivenTwice() {
    // Given
    ClusterPorts ports = new ClusterPorts(0, port -> true);

    // When
    int chosen = ports.take(21_000);

    // Then
    assertThat(chosen).isEqualTo(21_000);
    assertThat(ports.any()).isEqualTo(21_001);
  }

  @Test
  void withoutAnyFreeOneItSaysSo() {
    assertThatThrownBy(() -> new ClusterPorts(0, port -> false).any())
        .hasMessageContaining("No port from 21000");
  }
}
